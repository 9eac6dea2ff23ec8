/** For tests: programs of others that read a PDF, where they are installed. */
export { findPdfTool } from '../../../tools/programs.mjs'
