#!/usr/bin/env bash
# Installs the grader that lies beside this file. Made by `grade pack`; runs once, when the platform builds its image.
#
# GRADE_VENV    where it is installed; otherwise $GRADE_ROOT/venv
# GRADE_ROOT    where Gradescope's folders lie; otherwise /autograder
# GRADE_PYTHON  the Python to use; otherwise the newest one found, from 3.11
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=${GRADE_VENV:-${GRADE_ROOT:-/autograder}/venv}

find_python() {
    local name
    for name in ${GRADE_PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        if "$name" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

if ! [ -x "$venv/bin/python" ]; then
    if ! python=$(find_python); then
        apt-get update
        apt-get install -y python3.11 python3.11-venv || apt-get install -y python3 python3-venv
        python=$(find_python)
    fi
    "$python" -m venv "$venv"
fi
# PyTorch's build for CPUs, which is a tenth of the other one's size.
export PIP_EXTRA_INDEX_URL=${PIP_EXTRA_INDEX_URL-https://download.pytorch.org/whl/cpu}
"$venv/bin/python" -m pip install --disable-pip-version-check -c "$here/constraints.txt" "$here"/grade_dl-*.whl
# What the course declares that submissions may import.
if [ -f "$here/packages.txt" ]; then
    "$venv/bin/python" -m pip install --disable-pip-version-check -c "$here/constraints.txt" -r "$here/packages.txt"
fi
# Nobody but the grader needs to read the solutions.
chmod -R go= "$here/course"
