"""Rulebook, world and state as compiled code holds them: one pointer each, with the same field names.

A named tuple of arrays is passed by value, field by field, so every call would copy hundreds of words. A numba structref
is the same record behind one pointer. Python builds the tuples and hands over handles; rules take the handles.
"""

import hashlib
from typing import Any

from numba.core import cgutils, types
from numba.core.datamodel import default_manager, models
from numba.core.typing.templates import AttributeTemplate
from numba.experimental import structref
from numba.extending import infer_getattr, lower_getattr_generic, lower_setattr_generic

from sim.game import Rulebook, World
from sim.rules.compiled import compiled
from sim.rules.state import State


class _Handle(types.StructRef):
    """A structref with a short name: numba writes the name of every argument's type into every symbol."""

    def __init__(self, fields: Any) -> None:  # noqa: ANN401
        super().__init__(fields)
        digest = hashlib.sha256(repr(self._fields).encode()).hexdigest()[:8]
        self.name = f"{type(self).__name__}_{digest}"

    def preprocess_fields(self, fields: Any) -> Any:  # noqa: ANN401
        """Fields hold values, never compile-time constants."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class RulebookType(_Handle):
    """Compiled type of a rulebook."""


class WorldType(_Handle):
    """Compiled type of a world."""


class StateType(_Handle):
    """Compiled type of a state."""


def _define_fields(kind: type[_Handle]) -> None:
    """Let compiled code read the fields of a handle, arrays without counting references to them.

    The handle keeps its arrays alive and every caller keeps the handle, so the atomic count that numba's own structref
    makes on each access protects nothing, and it costs most of the time of a search.
    """

    class Fields(AttributeTemplate):  # type: ignore[misc]
        key = kind

        def generic_resolve(self, handle: Any, name: str) -> Any:  # noqa: ANN401
            return handle.field_dict.get(name)

    def fields_of(context: Any, builder: Any, handle: Any, value: Any) -> Any:  # noqa: ANN401
        reference = cgutils.create_struct_proxy(handle)(context, builder, value=value)
        payload_type = handle.get_data_type()
        payload = context.nrt.meminfo_data(builder, reference.meminfo)
        stored = context.data_model_manager[payload_type].get_value_type().as_pointer()
        return cgutils.create_struct_proxy(payload_type)(context, builder, ref=builder.bitcast(payload, stored))

    def read(context: Any, builder: Any, handle: Any, value: Any, name: str) -> Any:  # noqa: ANN401
        field, kind_of_field = getattr(fields_of(context, builder, handle, value), name), handle.field_dict[name]
        if not isinstance(kind_of_field, types.Array):
            return field
        array = context.make_array(kind_of_field)(context, builder, value=field)
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()

    def write(context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> None:  # noqa: ANN401
        handle, given = signature.args
        kept = context.cast(builder, arguments[1], given, handle.field_dict[name])
        context.nrt.incref(builder, given, kept)
        setattr(fields_of(context, builder, handle, arguments[0]), name, kept)

    infer_getattr(Fields)
    lower_getattr_generic(kind)(read)
    lower_setattr_generic(kind)(write)
    default_manager.register(kind, models.StructRefModel)


for _kind in (RulebookType, WorldType, StateType):
    _define_fields(_kind)


class RulebookHandle(structref.StructRefProxy):
    """A rulebook for compiled code."""


class WorldHandle(structref.StructRefProxy):
    """A world for compiled code."""


class StateHandle(structref.StructRefProxy):
    """A state for compiled code."""


structref.define_proxy(RulebookHandle, RulebookType, list(Rulebook._fields))
structref.define_proxy(WorldHandle, WorldType, list(World._fields))
structref.define_proxy(StateHandle, StateType, list(State._fields))


@compiled
def rulebook_handle(g: Rulebook) -> RulebookHandle:
    """Hand a rulebook over."""
    return RulebookHandle(*g)


@compiled
def world_handle(w: World) -> WorldHandle:
    """Hand a world over."""
    return WorldHandle(*w)


@compiled
def state_handle(s: State) -> StateHandle:
    """Hand a state over."""
    return StateHandle(*s)
