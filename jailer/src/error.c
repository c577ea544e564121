#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int fail(struct jail_error *error, const char *step)
{
	error->errnum = errno;
	error->step = step;
	return -1;
}

int fail_with(struct jail_error *error, const char *step, const char *format, ...)
{
	va_list arguments;

	error->errnum = errno;
	error->step = step;
	va_start(arguments, format);
	vsnprintf(error->detail, sizeof(error->detail), format, arguments);
	va_end(arguments);
	return -1;
}
