/* Frames and fields: what is cut off, oversized or left over is refused, and a refusal moves nothing. */
#include <string.h>

#include "test.h"
#include "wire.h"

static void reads_what_it_wrote(void)
{
	struct buffer b = { 0 };
	size_t frame = frame_begin(&b, FRAME_READY, 77);
	struct frame_header header;
	struct reader r;
	struct span text;
	uint64_t number = 0;
	uint8_t byte = 0;

	write_u64(&b, UINT64_C(0x0123456789abcdef));
	write_u8(&b, 9);
	write_string(&b, "jail");
	frame_end(&b, frame);
	CHECK(frame_header_decode(b.data, &header) == 0);
	CHECK(header.type == FRAME_READY && header.execution == 77 && header.length == 8 + 1 + 8);
	r = (struct reader){ b.data + FRAME_HEADER_BYTES, header.length };
	CHECK(read_u64(&r, &number) == 0 && number == UINT64_C(0x0123456789abcdef));
	CHECK(read_u8(&r, &byte) == 0 && byte == 9);
	CHECK(read_string(&r, &text) == 0 && text.length == 4 && memcmp(text.at, "jail", 4) == 0);
	CHECK(r.left == 0 && read_u8(&r, &byte) < 0);
	buffer_free(&b);
}

static void refuses_a_frame_longer_than_the_limit(void)
{
	uint8_t longest[FRAME_HEADER_BYTES] = { 0x00, 0x10, 0x00, 0x00, FRAME_SPEC };
	uint8_t longer[FRAME_HEADER_BYTES] = { 0x00, 0x10, 0x00, 0x01, FRAME_SPEC };
	uint8_t hostile[FRAME_HEADER_BYTES] = { 0xff, 0xff, 0xff, 0xff, FRAME_SPEC };
	struct frame_header header;

	CHECK(frame_header_decode(longest, &header) == 0);
	CHECK(frame_header_decode(longer, &header) < 0);
	CHECK(frame_header_decode(hostile, &header) < 0);
}

static void a_refusal_moves_nothing(void)
{
	const uint8_t cut[] = { 0, 0, 0, 5, 'j', 'a', 'i', 'l' };
	const uint8_t with_nul[] = { 0, 0, 0, 2, 'a', 0 };
	const uint8_t many[] = { 0, 0, 0x10, 0x01 };
	struct reader r = { cut, sizeof(cut) };
	struct span text;
	uint32_t count;

	CHECK(read_bytes(&r, &text) < 0 && r.at == cut && r.left == sizeof(cut));
	r = (struct reader){ with_nul, sizeof(with_nul) };
	CHECK(read_string(&r, &text) < 0 && r.left == sizeof(with_nul));
	CHECK(read_bytes(&r, &text) == 0 && text.length == 2);
	r = (struct reader){ many, sizeof(many) };
	CHECK(read_count(&r, &count) < 0 && r.left == sizeof(many));
}

static void a_buffer_keeps_its_order(void)
{
	struct buffer b = { 0 };
	unsigned long long state = 4;
	uint8_t next_in = 0, next_out = 0;
	bool in_order = true;

	for (int round = 0; round < 2000; round++) {
		size_t in = test_random(&state) % 300, out = test_random(&state) % 300;

		for (size_t i = 0; i < in; i++)
			write_u8(&b, next_in++);
		for (size_t i = 0; i < out && b.length > 0; i++) {
			in_order = in_order && b.data[b.start] == next_out++;
			buffer_consume(&b, 1);
		}
	}
	CHECK(in_order);
	buffer_free(&b);
	CHECK(b.data == NULL && b.length == 0);
}

int main(void)
{
	reads_what_it_wrote();
	refuses_a_frame_longer_than_the_limit();
	a_refusal_moves_nothing();
	a_buffer_keeps_its_order();
	return test_end("wire");
}
