"""``python -m deploy.image``: build the container image and print its name and size."""

import sys

from deploy.image import ServerError, build, podman


def main() -> int:
    """Build, and say what was built."""
    try:
        image = build()
        size = int(podman("image", "inspect", "--format", "{{.Size}}", image))
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{image} ({size / 1e6:.0f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
