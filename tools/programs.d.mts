export declare function findPostgresBin(): string | null
export declare function findClamd(): string | null
export declare function findChromium(): string | null
export declare function findPdfTool(name: 'pdfinfo' | 'pdftotext' | 'qpdf'): string | null
