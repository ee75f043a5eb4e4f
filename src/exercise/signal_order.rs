//! The order of things that refer to each other: each behind those it needs.
//!
//! In: for each thing the indices of those it refers to; `None` is one that does not exist. Both functions take no longer
//! than sorting does.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What each thing refers to.
type References = [Vec<Option<usize>>];

/// Puts things behind those they refer to; of those that could come next the first one does. What refers to a circle or to
/// something that does not exist, itself or through others, is left out.
pub(super) fn sorted(refers_to: &References) -> Vec<usize> {
    let referred_by = reversed(refers_to);
    let mut missing: Vec<usize> = refers_to.iter().map(Vec::len).collect();
    let free = (0..missing.len()).filter(|i| missing[*i] == 0);
    let mut next: BinaryHeap<Reverse<usize>> = free.map(Reverse).collect();
    let mut order = Vec::new();
    while let Some(Reverse(i)) = next.pop() {
        order.push(i);
        for &other in &referred_by[i] {
            missing[other] -= 1;
            if missing[other] == 0 {
                next.push(Reverse(other));
            }
        }
    }
    order
}

/// The things that refer to themselves, directly or through others, in order.
///
/// Kosaraju's way to find what is in one circle: things are walked to along the references and noted when left; walked back
/// to from the last noted one, each walk gathers those that lead to each other.
pub(super) fn circular(refers_to: &References) -> Vec<usize> {
    let forwards: Vec<Vec<usize>> = refers_to.iter().map(|r| r.iter().copied().flatten().collect()).collect();
    let backwards = reversed(refers_to);
    let mut left = Vec::new();
    let mut seen = vec![false; forwards.len()];
    (0..forwards.len()).for_each(|start| walk(start, &forwards, &mut seen, &mut left));
    seen.fill(false);
    let mut found = Vec::new();
    for start in left.into_iter().rev() {
        let mut together = Vec::new();
        walk(start, &backwards, &mut seen, &mut together);
        if together.len() > 1 || forwards[start].contains(&start) {
            found.append(&mut together);
        }
    }
    found.sort_unstable();
    found
}

fn reversed(refers_to: &References) -> Vec<Vec<usize>> {
    let mut referred_by = vec![Vec::new(); refers_to.len()];
    for (i, others) in refers_to.iter().enumerate() {
        others.iter().flatten().for_each(|other| referred_by[*other].push(i));
    }
    referred_by
}

/// Goes to all that was not seen, depth first, and notes each when all behind it is done. Not by recursion: a chain may be
/// longer than the stack.
fn walk(start: usize, to: &[Vec<usize>], seen: &mut [bool], left: &mut Vec<usize>) {
    let mut path: Vec<(usize, usize)> = Vec::new();
    let mut enter = |i: usize, path: &mut Vec<(usize, usize)>| {
        if !std::mem::replace(&mut seen[i], true) {
            path.push((i, 0));
        }
    };
    enter(start, &mut path);
    while let Some((at, taken)) = path.last_mut() {
        if let Some(next) = to[*at].get(*taken) {
            *taken += 1;
            enter(*next, &mut path);
        } else {
            left.push(*at);
            path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by looking at everything again and again.
    fn plainly_sorted(refers_to: &References) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        let is_next = |i: &usize, order: &[usize]| {
            !order.contains(i) && refers_to[*i].iter().all(|r| r.is_some_and(|r| order.contains(&r)))
        };
        while let Some(next) = (0..refers_to.len()).find(|i| is_next(i, &order)) {
            order.push(next);
        }
        order
    }

    fn leads_to(from: usize, goal: usize, refers_to: &References, steps: usize) -> bool {
        let mut behind = refers_to[from].iter().flatten();
        behind.any(|r| *r == goal || (steps > 0 && leads_to(*r, goal, refers_to, steps - 1)))
    }

    #[test]
    fn all_that_four_things_can_refer_to_is_ordered_as_by_looking_at_everything() {
        const COUNT: usize = 4;
        for bits in 0..1_u32 << (COUNT * COUNT) {
            let has = |i: usize, j: usize| (bits >> (i * COUNT + j)) & 1 == 1;
            let of = |i| (0..COUNT).filter(|j| has(i, *j)).map(Some).collect();
            let refers_to: Vec<Vec<Option<usize>>> = (0..COUNT).map(of).collect();
            assert_eq!(sorted(&refers_to), plainly_sorted(&refers_to), "{refers_to:?}");
            let round: Vec<usize> = (0..COUNT).filter(|i| leads_to(*i, *i, &refers_to, COUNT)).collect();
            assert_eq!(circular(&refers_to), round, "{refers_to:?}");
        }
    }

    #[test]
    fn what_refers_to_nothing_real_has_no_place_and_one_may_be_named_twice() {
        let refers_to = [vec![Some(2), Some(2)], vec![None], vec![], vec![Some(1)]];
        assert_eq!(sorted(&refers_to), [2, 0]);
        assert_eq!(circular(&refers_to), [0_usize; 0]);
    }
}
