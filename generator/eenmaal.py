"""`cached_property` as Python has it from 3.12 on: that of 3.11 takes a lock, and with it longer than most of what it
keeps (a tenth of what it takes to derive a register). It goes when 3.11 does."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:
    import functools

    class cached_property(functools.cached_property):  # noqa: N801
        """A property that is made once."""

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            value = instance.__dict__[self.attrname] = self.func(instance)
            return value


__all__ = ["cached_property"]
