/**
 * Transparency: Merkle trees after RFC 6962. Knows hashes of leaves and nodes. Does not know what a leaf means, and does no I/O.
 * Invariant: the root depends on the leaves and their order, and on nothing else.
 */
export * from './merkle.ts'
