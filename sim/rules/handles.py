"""Rulebook, world and state as compiled code holds them: one pointer each, with the same field names.

A named tuple of arrays is passed by value, field by field, so every call would copy hundreds of words. A handle is the
address of the same record. It owns nothing and nothing is counted: in compiled code the record lies in the frame of the
function that asked for the handle, and in Python the handle keeps it. (numba's own structref counts references, one
atomic operation for each argument of each inlined rule: that took most of the time of a search.)
"""

import hashlib
from typing import Any, cast

import numpy as np
from numba.core import cgutils
from numba.core import types as numba_types
from numba.core.datamodel import models, register_default
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    type_callable,
    typeof_impl,
    unbox,
)

from sim.game import Rulebook, World
from sim.rules.compiled import compiled
from sim.rules.state import State

types: Any = numba_types


class HandleType(types.Type):
    """Compiled type of a handle on a record; its name is short, for numba writes it into every symbol."""

    def __init__(self, record: Any) -> None:
        self.record = types.unliteral(record)
        digest = hashlib.sha256(repr(self.record).encode()).hexdigest()[:8]
        super().__init__(f"{record.instance_class.__name__}_{digest}")


register_default(HandleType)(models.OpaqueModel)


@infer_getattr
class _Fields(AttributeTemplate):
    """The fields of a handle are those of its record."""

    key = HandleType

    def generic_resolve(self, handle: Any, name: str) -> Any:
        record = handle.record
        return record.types[record.fields.index(name)] if name in record.fields else None


def _place(context: Any, builder: Any, handle: HandleType, address: Any, k: int) -> Any:
    """Pointer to field k of the record at an address."""
    record = builder.bitcast(address, context.get_value_type(handle.record).as_pointer())
    return cgutils.gep_inbounds(builder, record, 0, k)


@lower_getattr_generic(HandleType)
def _read(context: Any, builder: Any, handle: Any, address: Any, name: str) -> Any:
    """Load a field; an array without its owner, so that nobody counts references to it."""
    k = handle.record.fields.index(name)
    kind, field = handle.record.types[k], builder.load(_place(context, builder, handle, address, k))
    if not isinstance(kind, types.Array):
        return field
    model = context.data_model_manager[kind]
    for owner in ("meminfo", "parent"):
        position = model.get_field_position(owner)
        field = builder.insert_value(field, cgutils.get_null_value(field.type.elements[position]), position)
    return field


def _write(context: Any, builder: Any, handle: HandleType, address: Any, record: Any) -> None:
    """Store a record at an address."""
    for k in range(len(handle.record.types)):
        builder.store(builder.extract_value(record, k), _place(context, builder, handle, address, k))


@intrinsic
def _store(_typing: Any, record: Any, room: Any) -> Any:
    """Store a record in an array."""

    def build(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        array = context.make_array(room)(context, builder, value=arguments[1])
        address = builder.bitcast(array.data, cgutils.voidptr_t)
        _write(context, builder, HandleType(record), address, arguments[0])
        return context.get_dummy_value()

    return types.void(record, room), build


@compiled
def _fill(record: Any, room: Any) -> None:
    _store(record, room)


class Handle:
    """A handle in Python: keeps the record, and its copy as compiled code reads it."""

    def __init__(self, record: tuple[Any, ...]) -> None:
        words = [5 + 2 * field.ndim if isinstance(field, np.ndarray) else 1 for field in record]
        self._numba_type_ = HandleType(typeof_impl(record, None))
        self.record = record
        self.room = np.zeros(sum(words), np.int64)
        _fill(record, self.room)
        self.address = self.room.ctypes.data


@unbox(HandleType)
def _unbox(_handle: Any, handle: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(handle, "address")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(address)


def rulebook_handle(g: Rulebook) -> Rulebook:
    """Hand a rulebook over."""
    return cast(Rulebook, Handle(g))


def world_handle(w: World) -> World:
    """Hand a world over."""
    return cast(World, Handle(w))


def state_handle(s: State) -> State:
    """Hand a state over."""
    return cast(State, Handle(s))


def _define_in_compiled_code(hand_over: Any) -> None:
    """In compiled code the record is stored in the frame of the caller."""

    @type_callable(hand_over)
    def resolve(_context: Any) -> Any:
        def handle_on(record: Any) -> Any:
            return HandleType(record)

        return handle_on

    @lower_builtin(hand_over, types.BaseNamedTuple)
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        handle = signature.return_type
        frame = cgutils.alloca_once(builder, context.get_value_type(handle.record))
        address = builder.bitcast(frame, cgutils.voidptr_t)
        _write(context, builder, handle, address, arguments[0])
        return address


for _hand_over in (rulebook_handle, world_handle, state_handle):
    _define_in_compiled_code(_hand_over)
