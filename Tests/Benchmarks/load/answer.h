/* Reads answers of HTTP/1.1 as they come in, by Content-Length or in chunks. Heads differ once a second only, by their
   Date: one that equals the last one octet by octet is not looked into. */
#ifndef ANSWER_H
#define ANSWER_H
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEAD_MAX = 4096 };
enum phase { IN_HEAD, IN_BODY, IN_CHUNK_SIZE, IN_CHUNK, AFTER_CHUNK, AFTER_LAST_CHUNK };
enum outcome { NEED_MORE, COMPLETE, NOT_HTTP };

struct answer {
    enum phase phase;
    int status;
    bool closes;
    int64_t rest;     /* Of the body, or of the chunk. */
    int64_t body;     /* How long the body has been so far. */
    char *head;       /* The part of a head that came with an earlier read; NULL between answers. */
    size_t head_size;
};

struct known_head {
    char bytes[HEAD_MAX];
    size_t size;
    int status;
    bool closes, chunked;
    int64_t length;
};

static struct known_head known;

static bool parse_head(const char *head, size_t size)
{
    known.size = 0;
    known.length = -1;
    known.closes = known.chunked = false;
    if (size < 16 || memcmp(head, "HTTP/1.1 ", 9) != 0)
        return false;
    known.status = atoi(head + 9);
    const char *end = head + size, *line = memchr(head, '\n', size);
    while (line != NULL && ++line < end) {
        if (strncasecmp(line, "content-length:", 15) == 0)
            known.length = strtoll(line + 15, NULL, 10);
        else if (strncasecmp(line, "transfer-encoding: chunked", 26) == 0)
            known.chunked = true;
        else if (strncasecmp(line, "connection: close", 17) == 0)
            known.closes = true;
        line = memchr(line, '\n', (size_t)(end - line));
    }
    if (known.length < 0 && !known.chunked)
        return false;
    memcpy(known.bytes, head, size);
    known.size = size;
    return true;
}

static void begin_body(struct answer *answer)
{
    answer->status = known.status;
    answer->closes = known.closes;
    answer->body = 0;
    answer->rest = known.chunked ? 0 : known.length;
    answer->phase = known.chunked ? IN_CHUNK_SIZE : IN_BODY;
}

/* Takes the head that starts at *at, or keeps what there is of it. */
static enum outcome take_head(struct answer *answer, const char **at, const char *end)
{
    size_t size = (size_t)(end - *at);
    if (answer->head == NULL && known.size > 0 && size >= known.size
        && memcmp(*at, known.bytes, known.size) == 0) {
        *at += known.size;
        begin_body(answer);
        return COMPLETE;
    }

    size_t kept = answer->head == NULL ? 0 : answer->head_size;
    char joined[HEAD_MAX];
    size_t fresh = size < HEAD_MAX - kept ? size : HEAD_MAX - kept;
    if (kept > 0)
        memcpy(joined, answer->head, kept);
    memcpy(joined + kept, *at, fresh);
    const char *mark = memmem(joined, kept + fresh, "\r\n\r\n", 4);
    if (mark == NULL) {
        if (kept + fresh == HEAD_MAX || (answer->head == NULL && (answer->head = malloc(HEAD_MAX)) == NULL))
            return NOT_HTTP;
        memcpy(answer->head, joined, kept + fresh);
        answer->head_size = kept + fresh;
        *at = end;
        return NEED_MORE;
    }

    size_t whole = (size_t)(mark + 4 - joined);
    *at += whole - kept;
    free(answer->head);
    answer->head = NULL;
    if (!parse_head(joined, whole))
        return NOT_HTTP;
    begin_body(answer);
    return COMPLETE;
}

/* chunk = chunk-size CRLF chunk-data CRLF, the last one of size 0; no extensions, no trailers (RFC 9112, 7.1). */
static enum outcome take_chunk_octet(struct answer *answer, char octet)
{
    if (octet == '\r')
        return NEED_MORE;
    if (octet == '\n') {
        if (answer->phase == AFTER_LAST_CHUNK)
            return COMPLETE;
        answer->phase = answer->phase == AFTER_CHUNK ? IN_CHUNK_SIZE : answer->rest == 0 ? AFTER_LAST_CHUNK : IN_CHUNK;
        return NEED_MORE;
    }
    int digit = octet >= '0' && octet <= '9' ? octet - '0' : (octet | 32) >= 'a' && (octet | 32) <= 'f'
        ? (octet | 32) - 'a' + 10 : -1;
    if (digit < 0 || answer->phase != IN_CHUNK_SIZE)
        return NOT_HTTP;
    answer->rest = answer->rest * 16 + digit;
    return NEED_MORE;
}

/* Moves *at behind the octets that belong to this answer; COMPLETE means that the next octet starts another one. */
static enum outcome take_answer(struct answer *answer, const char **at, const char *end)
{
    while (*at < end || (answer->phase == IN_BODY && answer->rest == 0)) {
        if (answer->phase == IN_HEAD) {
            enum outcome outcome = take_head(answer, at, end);
            if (outcome != COMPLETE)
                return outcome;
        } else if (answer->phase == IN_BODY || answer->phase == IN_CHUNK) {
            int64_t size = end - *at < answer->rest ? end - *at : answer->rest;
            *at += size;
            answer->rest -= size;
            answer->body += size;
            if (answer->rest == 0 && answer->phase == IN_CHUNK)
                answer->phase = AFTER_CHUNK;
            else if (answer->rest == 0) {
                answer->phase = IN_HEAD;
                return COMPLETE;
            }
        } else {
            enum outcome outcome = take_chunk_octet(answer, *(*at)++);
            if (outcome == COMPLETE)
                answer->phase = IN_HEAD;
            if (outcome != NEED_MORE)
                return outcome;
        }
    }
    return NEED_MORE;
}
#endif
