#include "wire.h"

#include <stdlib.h>
#include <string.h>

static int read_number(struct reader *r, size_t size, uint64_t *value)
{
	uint64_t number = 0;

	if (r->left < size)
		return -1;
	for (size_t i = 0; i < size; i++)
		number = number << 8 | r->at[i];
	*value = number;
	r->at += size;
	r->left -= size;
	return 0;
}

int read_u8(struct reader *r, uint8_t *value)
{
	uint64_t number;

	if (read_number(r, 1, &number) < 0)
		return -1;
	*value = (uint8_t)number;
	return 0;
}

int read_u16(struct reader *r, uint16_t *value)
{
	uint64_t number;

	if (read_number(r, 2, &number) < 0)
		return -1;
	*value = (uint16_t)number;
	return 0;
}

int read_u32(struct reader *r, uint32_t *value)
{
	uint64_t number;

	if (read_number(r, 4, &number) < 0)
		return -1;
	*value = (uint32_t)number;
	return 0;
}

int read_u64(struct reader *r, uint64_t *value)
{
	return read_number(r, 8, value);
}

int read_bytes(struct reader *r, struct span *bytes)
{
	struct reader ahead = *r;
	uint32_t claimed;

	if (read_u32(&ahead, &claimed) < 0 || claimed > ahead.left)
		return -1;
	*bytes = (struct span){ ahead.at, claimed };
	*r = (struct reader){ ahead.at + claimed, ahead.left - claimed };
	return 0;
}

int read_string(struct reader *r, struct span *text)
{
	struct reader ahead = *r;
	struct span found;

	if (read_bytes(&ahead, &found) < 0 || (found.length > 0 && memchr(found.at, '\0', found.length) != NULL))
		return -1;
	*text = found;
	*r = ahead;
	return 0;
}

int read_count(struct reader *r, uint32_t *count)
{
	struct reader ahead = *r;
	uint32_t claimed;

	if (read_u32(&ahead, &claimed) < 0 || claimed > LIST_MAX)
		return -1;
	*count = claimed;
	*r = ahead;
	return 0;
}

int frame_header_decode(const uint8_t bytes[FRAME_HEADER_BYTES], struct frame_header *header)
{
	struct reader r = { bytes, FRAME_HEADER_BYTES };

	read_u32(&r, &header->length);
	read_u8(&r, &header->type);
	read_u32(&r, &header->execution);
	return header->length > FRAME_MAX_BYTES ? -1 : 0;
}

/* Make room for size more bytes: by moving what is left to the front, then by growing. */
static bool buffer_reserve(struct buffer *b, size_t size)
{
	size_t wanted = b->length + size;
	size_t capacity = b->capacity == 0 ? 4096 : b->capacity;
	uint8_t *grown;

	if (b->failed)
		return false;
	if (b->start + wanted <= b->capacity)
		return true;
	if (b->start > 0) {
		memmove(b->data, b->data + b->start, b->length);
		b->start = 0;
	}
	if (wanted <= b->capacity)
		return true;
	while (capacity < wanted)
		capacity *= 2;
	grown = realloc(b->data, capacity);
	if (grown == NULL) {
		b->failed = true;
		return false;
	}
	b->data = grown;
	b->capacity = capacity;
	return true;
}

void buffer_append(struct buffer *b, const void *bytes, size_t size)
{
	if (size == 0 || !buffer_reserve(b, size))
		return;
	memcpy(b->data + b->start + b->length, bytes, size);
	b->length += size;
}

void buffer_consume(struct buffer *b, size_t size)
{
	b->start += size;
	b->length -= size;
	if (b->length == 0 && !b->failed)
		buffer_free(b);
}

void buffer_free(struct buffer *b)
{
	free(b->data);
	*b = (struct buffer){ 0 };
}

static void write_number(struct buffer *b, size_t size, uint64_t value)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(value >> 8 * (size - 1 - i));
	buffer_append(b, bytes, size);
}

void write_u8(struct buffer *b, uint8_t value)
{
	write_number(b, 1, value);
}

void write_u16(struct buffer *b, uint16_t value)
{
	write_number(b, 2, value);
}

void write_u32(struct buffer *b, uint32_t value)
{
	write_number(b, 4, value);
}

void write_u64(struct buffer *b, uint64_t value)
{
	write_number(b, 8, value);
}

void write_string(struct buffer *b, const char *text)
{
	size_t length = strlen(text);

	write_u32(b, (uint32_t)length);
	buffer_append(b, text, length);
}

size_t frame_begin(struct buffer *b, enum frame_type type, uint32_t execution)
{
	size_t begun = b->length;

	write_u32(b, 0);
	write_u8(b, (uint8_t)type);
	write_u32(b, execution);
	return begun;
}

void frame_end(struct buffer *b, size_t begun)
{
	size_t length = b->length - begun - FRAME_HEADER_BYTES;

	if (b->failed)
		return;
	for (size_t i = 0; i < 4; i++)
		b->data[b->start + begun + i] = (uint8_t)(length >> 8 * (3 - i));
}
