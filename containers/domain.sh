# What containers/up, containers/attach and containers/down share. The links are bridges in a network namespace of the host:
# "ip netns exec pmip-links tcpdump -i core" shows the signalling.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
links=pmip-links
compose=(docker-compose --file compose.yaml --project-name pmip)
command -v docker-compose >/dev/null || compose[0]="docker compose"
compose() { ${compose[@]} "$@"; }

# A docker command may be newer than the daemon.
DOCKER_API_VERSION=${DOCKER_API_VERSION:-$(docker version --format '{{.Server.APIVersion}}' 2>/dev/null || echo 1.41)}
export DOCKER_API_VERSION

# Runs a program of the host in the network of a node: the kernel's parameters are read-only for programs of the container.
inside() {
  nsenter --net="/proc/$(docker inspect --format '{{.State.Pid}}' "pmip-$1")/ns/net" "${@:2}"
}
