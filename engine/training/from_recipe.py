"""A recipe and films become a model: `train` from Python, the same as on the command line."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.bundle import read_metadata
from engine.errors import DataError, EngineError
from engine.progress import Progress, silent, telling
from engine.recipe import Recipe, read_recipe
from engine.training.preflight import (
    check_classes,
    check_place,
    check_values,
    draw_films,
    only_training,
    state_of,
    summary,
)
from engine.types import ModelInfo

if TYPE_CHECKING:
    from engine.model import Model
    from engine.training.building import Material
    from engine.training.run import DeviceChoice, Run
    from engine.training.schedule import Epoch, Listener, Moment
    from engine.training.seeds import SeedTable

Pairs = tuple[tuple[str, str], ...]


def _nobody(_: object) -> None:
    """Nobody is shown anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be trained of what, and how.

    Attributes:
        recipe: With all changes made.
        data: Folder, table (CSV, Parquet), tar file or npz file of films.
        output: Folder of the new model; its name becomes the model's.
        tests: More films to test on, apart from `data`.
        without_test: Leave all test films alone.
        look: Show what would be learnt from, and stop.
        augmentations: File (.png, .svg, .pdf) for a picture of what the random changes do.
        audit: Whether maps and answer by row are audited at the end.
        anew: Forget an unfinished training of this model.
        force: Replace a model.
        seeds: Trainings that differ by their seed alone; one is kept.
        checkpoint: Where the state of the training is kept, also when it is finished.
        tensorboard: Folder for learning curves.
        device: "auto", "cpu" or "cuda".
        threads: Of the CPU; None leaves it to torch.
        workers: Most processes that read films.
        cache: Folder in which films are kept once read; None keeps none.
        together: Whether to join the processes that `torchrun` started.
        file: What the card calls the recipe's file.
        changes: Of the recipe, for the card.
    """

    recipe: Recipe
    data: Path
    output: Path
    tests: tuple[Path, ...] = ()
    without_test: bool = False
    look: bool = False
    augmentations: Path | None = None
    audit: bool = True
    anew: bool = False
    force: bool = False
    seeds: int = 1
    checkpoint: Path | None = None
    tensorboard: Path | None = None
    device: "DeviceChoice" = "auto"
    threads: int | None = None
    workers: int = 2
    cache: Path | None = None
    together: bool = False
    file: str = ""
    changes: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """What makes this model again, with names instead of this machine's folders."""
        file = self.file if self.file and Path(self.file).stem != self.recipe.name else ""
        words = ["rowscope-engine", "train", file or f"{self.recipe.name}.toml", self.data.name]
        words += ["-o", self.output.name]
        for path in () if self.without_test else self.tests:
            words += ["--test", path.name]
        words += ["--without-test"] if self.without_test else []
        for change in self.changes:
            words += ["--set", change]
        return shlex.join(words) + (f" --seeds {self.seeds}" if self.seeds > 1 else "")


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of a training.

    Attributes:
        say: Told in words what is being done.
        listener: Told of every step and epoch.
        on_films: Shown what is learnt from, before it is.
        on_seeds: Shown what several seeds came to.
    """

    say: Progress = silent
    listener: "Listener | None" = None
    on_films: Callable[[Pairs], None] = _nobody
    on_seeds: Callable[["SeedTable"], None] = _nobody


@dataclass(frozen=True, slots=True)
class TrainingOutcome:
    """A model that was just trained, and what its audit says in sentences."""

    info: ModelInfo
    audited: tuple[str, ...]


def train(
    recipe: str | Path | Mapping[str, Any] | Recipe,
    data: str | Path,
    *,
    output: str | Path | None = None,
    tests: Sequence[str | Path] = (),
    without_test: bool = False,
    changes: Sequence[str] = (),
    seeds: int = 1,
    audit: bool = True,
    force: bool = False,
    device: "DeviceChoice" = "auto",
    threads: int | None = None,
    workers: int = 2,
    cache: str | Path | None = None,
    report: Progress = silent,
    listener: "Listener | None" = None,
) -> "Model":
    """Train a model; stopped, the same call goes on where it was.

    Args:
        recipe: A TOML file, its values as a table, or a `engine.recipe.Recipe`.
        data: Folder, table (CSV, Parquet), tar file or npz file of films.
        output: Folder of the new model; by default the recipe's name, here. A picture of films as
            the network reads them is written beside it.
        tests: More films to test on, apart from `data`.
        without_test: Leave all test films alone.
        changes: Values instead of the recipe's, such as "training.epochs=5".
        seeds: Trainings that differ by their seed alone; the one in the middle is kept.
        audit: Whether maps and answer by row are audited at the end.
        force: Replace a model.
        device: "auto", "cpu" or "cuda".
        threads: Of the CPU; None leaves it to torch.
        workers: Most processes that read films.
        cache: Folder in which films are kept once read; None keeps none.
        report: Told in words what is being done.
        listener: Told of every step and epoch.

    Raises:
        DataError: A recipe or films that cannot be used, or a folder that holds a model already.
        DeviceError: The device is not there.

    Example:
        >>> model = engine.train("recipe.toml", "films", output="my-model", report=print)
        >>> model.analyse("films/test/normal/1.png").prediction.probabilities
    """
    from engine.model import load  # noqa: PLC0415 - half a second that errors need not wait for

    plan = read_recipe(recipe, changes)
    order = Order(
        recipe=plan,
        data=Path(data),
        output=Path(output or plan.name),
        tests=tuple(map(Path, tests)),
        without_test=without_test,
        audit=audit,
        force=force,
        seeds=seeds,
        device=device,
        threads=threads,
        workers=workers,
        cache=None if cache is None else Path(cache),
        file="" if isinstance(recipe, Mapping | Recipe) else Path(recipe).name,
        changes=tuple(changes),
    )
    carry_out(order, Audience(report, listener))
    return load(order.output)


def carry_out(order: Order, audience: Audience) -> TrainingOutcome | None:
    """Train as it was ordered; torch is loaded after the first questions.

    Returns:
        None where there is only a look, and in the processes that only help to train.

    Raises:
        DataError: Films that cannot be used, or a folder that holds a model already.
        DeviceError: The device is not there.
        KeyboardInterrupt: After whoever listens was told how to go on.
    """
    if order.seeds > 1 and order.checkpoint is not None:
        raise DataError("Each seed keeps a checkpoint of its own; leave --checkpoint out.")
    with ExitStack() as stack:
        run, audience = _begin(stack, order, audience)
        with run.leader_first():
            material = read_material(order, say=audience.say)
        if run.leads:
            _show(order, material, audience)
        if order.look:
            return None
        make = partial(_make, order, material, run, audience)
        info: ModelInfo | None
        if order.seeds > 1:
            info = _train_seeds(order, run, make, audience)
        else:
            info = make(order.recipe, order.output)
        if info is None:
            return None
        return TrainingOutcome(
            info, _audited(order, material, audience.say) if order.audit else ()
        )


def read_material(order: Order, *, say: Progress = silent) -> "Material":
    """Read the films and further test sets, and see that no film is on two sides.

    Raises:
        DataError: Films that cannot be used, or that two sides share.
    """
    from engine import films  # noqa: PLC0415 - imports torch
    from engine.training.building import Material  # noqa: PLC0415 - the same

    plan = order.recipe
    layout = films.layout_of(plan)

    def read(source: Path) -> films.Films:
        found = films.read_films(
            source, layout=layout, report=say, cache=order.cache, workers=order.workers
        )
        return films.with_truth(found, source, plan)

    divided = films.divide(read(order.data), plan.data, seed=plan.division_seed)
    divided = films.with_shapes(divided, order.data, plan.data.shapes)
    divided = films.with_outlines(divided, order.data, plan)
    check_classes(divided, plan)
    check_values(divided)
    own = {"test": divided.only("test")} if len(divided.where("test")) else {}
    others: dict[str, films.Films] = {}
    for number, path in enumerate(() if order.without_test else order.tests):
        name = "test" if not own and not number else path.name.split(".", maxsplit=1)[0]
        name += f" {number + 2}" if name in own | others else ""  # a second one of this name
        others[name] = read(path)
    shared = films.check_leakage(
        divided, allowed=plan.data.allow_leakage, tests=others, report=say
    )
    return Material(divided, {} if order.without_test else own | others, shared)


def _begin(stack: ExitStack, order: Order, audience: Audience) -> "tuple[Run, Audience]":
    """Ask for the place before torch is loaded; then take it for as long as the stack lasts."""
    plan, output = order.recipe, order.output
    if not order.look:
        check_place(output, force=order.force)
    if not order.together or int(os.environ.get("RANK", "0")) == 0:  # loading torch takes seconds
        audience.say(f"{plan.title}: {' or '.join(plan.classes)}")
    import torch  # noqa: PLC0415 - half a second that errors need not wait for

    from engine.training.run import start_run  # noqa: PLC0415 - imports torch

    if order.threads is not None:
        torch.set_num_threads(order.threads)
    run = start_run(plan.training.precision, device=order.device, together=order.together)
    if not run.leads:
        audience = Audience()
    stack.enter_context(telling(audience.say))
    if run.leads and not order.look:
        stack.enter_context(only_training(output))
    if output.name != plan.name:
        audience.say(f"The folder's name becomes the model's name: {output.name}.")
    if run.leads and order.tensorboard is not None and not order.look:
        from engine.training.pictures import Curves  # noqa: PLC0415 - imports torch

        curves = stack.enter_context(Curves(order.tensorboard))
        heard = (curves, audience.listener) if audience.listener else (curves,)
        audience = replace(audience, listener=_All(heard))
    return run, audience


class _All:
    """Several listeners as one."""

    def __init__(self, listeners: "Sequence[Listener]") -> None:
        self._listeners = listeners

    def on_step(self, moment: "Moment") -> None:
        for one in self._listeners:
            one.on_step(moment)

    def on_epoch(self, epoch: "Epoch") -> None:
        for one in self._listeners:
            one.on_epoch(epoch)


def _show(order: Order, material: "Material", audience: Audience) -> None:
    """What the training learns from, and pictures of it."""
    audience.on_films(summary(material.films, order.recipe, material.tests))
    picture = order.output.parent / f"{order.output.name}-films.png"
    draw_films(material.films, order.recipe, picture)
    audience.say(f"Ten of the training films as the network reads them: {picture}")
    if order.augmentations is not None:
        from engine.training.pictures import draw_augmentations  # noqa: PLC0415 - matplotlib

        draw_augmentations(material.films, order.recipe, order.augmentations)
        audience.say(f"The picture of the random changes is in {order.augmentations}.")


def _make(
    order: Order,
    material: "Material",
    run: "Run",
    audience: Audience,
    recipe: Recipe,
    folder: Path,
) -> ModelInfo | None:
    """Train one recipe into one folder; its state is kept until it is done."""
    from engine.training.building import build  # noqa: PLC0415 - imports torch

    state = order.checkpoint or state_of(folder)
    if order.anew and run.leads:
        state.unlink(missing_ok=True)
    with _told_how_to_go_on(state, audience.say):
        info = build(
            recipe,
            material,
            output=folder,
            command=order.command,
            checkpoint=state,
            listener=audience.listener,
            run=run,
            report=audience.say,
        )
    if order.checkpoint is None and run.leads:
        state.unlink(missing_ok=True)
    return info


def _train_seeds(
    order: Order,
    run: "Run",
    make: Callable[[Recipe, Path], ModelInfo | None],
    audience: Audience,
) -> ModelInfo:
    """Train under several seeds, and keep one by the rule."""
    if run.processes > 1:
        raise DataError("Several seeds are trained one after the other; start without torchrun.")
    from engine.training.seeds import RULE, train_seeds  # noqa: PLC0415 - imports torch

    audience.say(f"{order.seeds} seeds; kept will be {RULE}.")
    first = order.recipe.training.seed
    seeds = range(first, first + order.seeds)
    audience.on_seeds(train_seeds(order.recipe, seeds, output=order.output, build=make))
    return read_metadata(order.output)


def _audited(order: Order, material: "Material", say: Progress) -> tuple[str, ...]:
    """What the maps of the new model are worth, on films that it has not learnt."""
    from engine.training.map_audit import audit_finished  # noqa: PLC0415 - imports torch

    say("auditing the maps and the answer by row")
    if len(material.films.where("val")):
        films, name, split = material.films.only("val"), order.data.name, "val"
    elif material.tests:
        (name, films), split = next(iter(material.tests.items())), "test"
    else:
        return ("The maps are not audited: no films were held out.",)
    return audit_finished(order.output, films, name, split=split)


@contextmanager
def _told_how_to_go_on(state: Path, say: Progress) -> Iterator[None]:
    """Whatever ends a training, say that it is not lost."""
    before = _written(state)
    try:
        yield
    except KeyboardInterrupt:
        if state.exists():
            say(f"Stopped. The same command goes on from here; {state} keeps what was learnt.")
        else:
            say("Stopped before the first epoch was over; the same command begins anew.")
        raise
    except EngineError:
        if _written(state) not in {None, before}:
            say(
                f"What was learnt is kept in {state}: once it is mended, the same command goes on"
                " from there; --anew forgets it."
            )
        raise


def _written(state: Path) -> int | None:
    """When a file was last written; None where there is none."""
    return state.stat().st_mtime_ns if state.exists() else None
