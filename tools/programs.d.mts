export declare function findPostgresBin(): string | null
export declare function findClamd(): string | null
export declare function findChromium(): string | null
