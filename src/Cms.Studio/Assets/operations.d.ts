/** The id of each of the Studio's documents, by its name. The server makes this file. */
export const operations: Record<string, string>;
