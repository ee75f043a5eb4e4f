#!/usr/bin/env python3
"""Cut the last layers of the mask off a landmark model.

Usage: cut_mask.py SRC.onnx DST.onnx
Needs: pip install onnx

The mask's last layers run at 256 x 256 and take almost half of the model's time (11.6 to 6.1 ms without them, two threads), while the program reads the mask along a few rays
only. So the model ends where they begin (8 channels at 128 x 128), and gives their weights as an output of its own; the program
computes what it reads (src/vision/pose/mask.rs). Nothing else changes, so the landmarks are the same to the bit.

The layers, each with zeros around the picture: resize to 256 x 256 (bilinear, half pixel); twice: depthwise 3 x 3, ReLU6, 1 x 1,
added to what went in, ReLU6; 3 x 3 to one channel. The weights stand in that order, each followed by its bias.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MASK, FEATURES = [1, 256, 256, 1], [1, 8, 128, 128]


def cut(model):
    graph = model.graph
    made_by = {out: node for node in graph.node for out in node.output}
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def constant(name):
        """A weight: an initialiser, or one behind a cast."""
        while name not in values:
            (name,) = made_by[name].input
        return values[name].astype(np.float32)

    def node(name, op):
        found = made_by[name]
        assert found.op_type == op, f"{name} is a {found.op_type}, not a {op}"
        return found

    def of_kind(names, op):
        """The one of several inputs that comes from such a node."""
        (found,) = [made_by[n] for n in names if n in made_by and made_by[n].op_type == op]
        return found

    def conv(found, shape):
        weights, bias = constant(found.input[1]), constant(found.input[2])
        assert list(weights.shape) == shape, (weights.shape, shape)
        return [weights.ravel(), bias.ravel()]

    def block(name):
        """Weights of a block that ends in `name`, and what went into it."""
        add = node(node(name, "Clip").input[0], "Add")
        point = of_kind(add.input, "Conv")
        depth = node(node(point.input[0], "Clip").input[0], "Conv")
        (inside,) = [n for n in add.input if n != point.output[0]]
        assert depth.input[0] == inside
        return conv(depth, [8, 1, 3, 3]) + conv(point, [8, 8, 1, 1]), inside

    (mask,) = [o for o in graph.output if [d.dim_value for d in o.type.tensor_type.shape.dim] == MASK]
    last = node(node(mask.name, "Reshape").input[0], "Conv")
    second, inside = block(last.input[0])
    first, resized = block(inside)
    features = node(resized, "Resize").input[0]
    tail = np.concatenate(first + second + conv(last, [1, 8, 3, 3])).reshape(1, -1)

    graph.output.remove(mask)
    graph.output.append(helper.make_tensor_value_info(features, TensorProto.FLOAT, FEATURES))
    graph.initializer.append(numpy_helper.from_array(tail, "mask_tail_weights"))
    graph.node.append(helper.make_node("Identity", ["mask_tail_weights"], ["mask_tail"], name="mask_tail"))
    graph.output.append(helper.make_tensor_value_info("mask_tail", TensorProto.FLOAT, list(tail.shape)))
    needed, kept = {o.name for o in graph.output}, []
    for each in reversed(graph.node):
        if needed & set(each.output):
            kept.insert(0, each)
            needed |= set(each.input)
    del graph.node[:]
    graph.node.extend(kept)
    used = [i for i in graph.initializer if i.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(used)
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    onnx.save(cut(onnx.load(sys.argv[1])), sys.argv[2])
