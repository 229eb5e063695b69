Creator "igraph version 0.10"
Version 1
graph
[
]
