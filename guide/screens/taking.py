"""Takes albums of pictures: every screen, in every size and language."""

from collections.abc import Iterator
from pathlib import Path

from guide.files import LANGUAGES
from guide.screens.camera import Camera
from guide.screens.people import Cast
from guide.screens.shots import Album, Screen, Size

Picture = tuple[Path, bytes]


def pictures(album: Album, camera: Camera, cast: Cast) -> Iterator[Picture]:
    """Yield each picture of an album with the path at which it is kept."""
    for screen in album.screens:
        for size in album.sizes:
            yield from in_each_language(album, screen, size, camera, cast)


def in_each_language(
    album: Album, screen: Screen, size: Size, camera: Camera, cast: Cast
) -> Iterator[Picture]:
    """Yield the pictures of a screen in one size."""
    with camera.eyes_of(cast.cookies[screen.who], size) as page:
        for language in LANGUAGES:
            address = f"{language}/{cast.addresses[screen.page]}"
            picture = camera.take(page, screen, address, size, album.quality)
            yield album.path_of(screen.slug, size, language), picture
