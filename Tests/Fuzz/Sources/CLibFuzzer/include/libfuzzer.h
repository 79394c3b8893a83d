#include <stddef.h>
#include <stdint.h>

// The entry of libFuzzer's library form, which leaves `main` to the program.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));
