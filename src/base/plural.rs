//! Numbers of things in words.

/// "1 file", "3 files".
pub fn so_many(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
