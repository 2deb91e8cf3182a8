/** Said where the reader closed the pipe: its right, and no fault. */
export const READER_GONE = 'Stopped before the end: what was reading this output has closed it.';
