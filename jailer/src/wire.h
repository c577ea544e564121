/*
 * Frames and fields of docs/wire-protocol.md. Decoding is bounded and moves nothing on a refusal; encoding appends to a
 * buffer that remembers when memory ran out, so that callers check once.
 */
#ifndef REEDACT_WIRE_H
#define REEDACT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WIRE_VERSION = 1,
	WIRE_MAGIC = 0x52454443, /* "REDC" */
	FRAME_HEADER_BYTES = 9,
	FRAME_MAX_BYTES = 1 << 20,
	CHUNK_MAX_BYTES = 1 << 16,
	WINDOW_BYTES = 1 << 18, /* on the way to one channel of a guest, and waiting for a client */
	LIST_MAX = 4096,
};

enum frame_type {
	FRAME_HELLO = 0x01,
	FRAME_SPEC = 0x02,
	FRAME_JOB = 0x03,
	FRAME_JOB_DATA = 0x04,
	FRAME_STDIN_DATA = 0x05,
	FRAME_CANCEL = 0x06,
	FRAME_PROBE = 0x07,
	FRAME_HELLO_BACK = 0x81,
	FRAME_READY = 0x82,
	FRAME_CREDIT = 0x83,
	FRAME_OUTPUT = 0x84,
	FRAME_OUTCOME = 0x85,
	FRAME_REFUSED = 0x86,
	FRAME_FACTS = 0x87,
};

struct frame_header {
	uint32_t length;
	uint8_t type;
	uint32_t execution;
};

/* A place in bytes that somebody else owns. */
struct reader {
	const uint8_t *at;
	size_t left;
};

/* A borrowed piece of a frame, not NUL-ended. */
struct span {
	const uint8_t *at;
	size_t length;
};

/* Each returns 0, or -1 without moving the reader. */
int read_u8(struct reader *r, uint8_t *value);
int read_u16(struct reader *r, uint16_t *value);
int read_u32(struct reader *r, uint32_t *value);
int read_u64(struct reader *r, uint64_t *value);
int read_bytes(struct reader *r, struct span *bytes);
/* A string: bytes without NUL. */
int read_string(struct reader *r, struct span *text);
/* The count of a list, at most LIST_MAX. */
int read_count(struct reader *r, uint32_t *count);

/* Returns 0, or -1 when the length is over FRAME_MAX_BYTES. */
int frame_header_decode(const uint8_t bytes[FRAME_HEADER_BYTES], struct frame_header *header);

/* Bytes that grow at the end and are taken from the start. */
struct buffer {
	uint8_t *data;
	size_t start;
	size_t length;
	size_t capacity;
	bool failed; /* memory ran out: what was to be written is incomplete */
};

void buffer_append(struct buffer *b, const void *bytes, size_t size);
/* Forget the first size bytes; gives the memory back when nothing is left. */
void buffer_consume(struct buffer *b, size_t size);
void buffer_free(struct buffer *b);

void write_u8(struct buffer *b, uint8_t value);
void write_u16(struct buffer *b, uint16_t value);
void write_u32(struct buffer *b, uint32_t value);
void write_u64(struct buffer *b, uint64_t value);
void write_string(struct buffer *b, const char *text);

/* A frame is begun, its fields are appended, and ended; frame_end needs what frame_begin returned. */
size_t frame_begin(struct buffer *b, enum frame_type type, uint32_t execution);
void frame_end(struct buffer *b, size_t begun);

#endif
