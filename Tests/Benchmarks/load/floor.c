/* The floor: what answering costs in C over epoll, with as much HTTP as the works need and no more. It finds the end of
   the head, compares method and path, knows Content-Length and Connection: close, and answers with Date, Content-Type
   and Content-Length as the other servers do. No limits, no deadlines, no chunked bodies: not for any other use.

     floor -p PORT [-t THREADS]

   Each thread has an epoll instance and a listener of its own (SO_REUSEPORT). Level-triggered; a read that is not full
   was the last one. All answers to what one read brought are sent at once. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { INPUT_BYTES = 128 * 1024, OUTPUT_BYTES = 256 * 1024, LARGE_BYTES = 64 * 1024, COPIED_MAX = 16 * 1024 };

/* INVARIANT: between events a connection holds memory only while a head is unfinished or an answer unsent. */
struct connection {
    int fd;
    bool closes, is_waiting_to_send;
    int64_t echo_rest;      /* Of the body that is being echoed. */
    char *kept;             /* The unfinished head. */
    size_t kept_size;
    char *unsent;
    size_t unsent_size, unsent_from;
};

struct reactor {
    int queue, listener;
    time_t second;
    char date[48];          /* The whole field. */
    size_t date_size;
    char input[INPUT_BYTES], output[OUTPUT_BYTES];
    size_t output_size;
};

#define OK "HTTP/1.1 200 OK\r\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8"
#define JSON "Content-Type: application/json"
#define OCTETS "Content-Type: application/octet-stream"

static int port;
static char large[LARGE_BYTES];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void watch(struct reactor *reactor, struct connection *connection, int operation, uint32_t events)
{
    struct epoll_event event = { .events = events, .data.ptr = connection };
    if (epoll_ctl(reactor->queue, operation, connection->fd, &event) < 0)
        fail("epoll_ctl");
}

static void drop(struct connection *connection)
{
    close(connection->fd);
    free(connection->kept);
    free(connection->unsent);
    free(connection);
}

/* Sends the output and, behind it, a body that was not copied into it; keeps what the socket does not take. */
static bool flush(struct reactor *reactor, struct connection *connection, const char *body, size_t body_size)
{
    size_t head_size = reactor->output_size, size = head_size + body_size;
    reactor->output_size = 0;
    if (size == 0)
        return true;
    ssize_t sent = 0;
    if (connection->unsent == NULL) {
        struct iovec parts[2] = { { reactor->output, head_size }, { (char *)body, body_size } };
        struct msghdr message = { .msg_iov = parts, .msg_iovlen = body_size > 0 ? 2 : 1 };
        sent = sendmsg(connection->fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return false;
        if (sent < 0)
            sent = 0;
        if ((size_t)sent == size)
            return true;
    }
    size_t old = connection->unsent_size;
    char *unsent = realloc(connection->unsent, old + size - (size_t)sent);
    if (unsent == NULL)
        return false;
    size_t from_head = (size_t)sent < head_size ? head_size - (size_t)sent : 0;
    memcpy(unsent + old, reactor->output + (head_size - from_head), from_head);
    size_t from_body = size - (size_t)sent - from_head;
    memcpy(unsent + old + from_head, body + (body_size - from_body), from_body);
    connection->unsent = unsent;
    connection->unsent_size = old + from_head + from_body;
    return true;
}

/* Appends to the output, or sends it all where copying would cost more than a second part of a send. */
static bool put(struct reactor *reactor, struct connection *connection, const char *bytes, size_t size)
{
    if (size > COPIED_MAX)
        return flush(reactor, connection, bytes, size);
    if (reactor->output_size + size > OUTPUT_BYTES && !flush(reactor, connection, NULL, 0))
        return false;
    memcpy(reactor->output + reactor->output_size, bytes, size);
    reactor->output_size += size;
    return true;
}

static bool put_head(
    struct reactor *reactor, struct connection *connection, const char *status, const char *type, int64_t length)
{
    static const char closing[] = "Connection: close\r\n";
    char head[256], digits[24], *at = head, *digit = digits + sizeof digits;
    do
        *--digit = (char)('0' + length % 10);
    while ((length /= 10) > 0);
    at = stpcpy(at, status);
    at = mempcpy(at, reactor->date, reactor->date_size);
    if (connection->closes)
        at = mempcpy(at, closing, sizeof closing - 1);
    at = stpcpy(stpcpy(at, type), "\r\nContent-Length: ");
    at = mempcpy(at, digit, (size_t)(digits + sizeof digits - digit));
    at = mempcpy(at, "\r\n\r\n", 4);
    return put(reactor, connection, head, (size_t)(at - head));
}

static bool answer(
    struct reactor *reactor, struct connection *connection, const char *type, const char *body, size_t size)
{
    return put_head(reactor, connection, OK, type, (int64_t)size) && put(reactor, connection, body, size);
}

static bool answer_user(struct reactor *reactor, struct connection *connection, const char *at, const char *end)
{
    char body[64];
    int64_t id = 0;
    for (; at < end && *at >= '0' && *at <= '9' && id < INT32_MAX; at++)
        id = id * 10 + (*at - '0');
    if (at != end || id > INT32_MAX)
        return put_head(reactor, connection, "HTTP/1.1 400 Bad Request\r\n", PLAIN, 0);
    int size = snprintf(body, sizeof body, "{\"id\":%lld,\"name\":\"Ada\"}", (long long)id);
    return answer(reactor, connection, JSON, body, (size_t)size);
}

/* Answers one request whose head is whole; `line` is its first line. */
static bool answer_request(
    struct reactor *reactor, struct connection *connection, const char *line, const char *end, int64_t length)
{
    static const char text[] = "Hello, world!\n", json[] = "{\"text\":\"Hello, world!\"}";
    const char *path = memchr(line, ' ', (size_t)(end - line));
    const char *path_end = path == NULL ? NULL : memchr(path + 1, ' ', (size_t)(end - path - 1));
    if (path_end == NULL)
        return false;
    size_t size = (size_t)(path_end - ++path);
    bool is_get = memcmp(line, "GET ", 4) == 0;
    if (is_get && size == 1)
        return answer(reactor, connection, PLAIN, text, sizeof text - 1);
    if (is_get && size > 7 && memcmp(path, "/users/", 7) == 0)
        return answer_user(reactor, connection, path + 7, path_end);
    if (is_get && size == 5 && memcmp(path, "/json", 5) == 0)
        return answer(reactor, connection, JSON, json, sizeof json - 1);
    if (is_get && size == 6 && memcmp(path, "/large", 6) == 0)
        return answer(reactor, connection, OCTETS, large, LARGE_BYTES);
    if (!is_get && size == 5 && memcmp(path, "/echo", 5) == 0) {
        connection->echo_rest = length;
        return put_head(reactor, connection, OK, OCTETS, length);
    }
    return put_head(reactor, connection, "HTTP/1.1 404 Not Found\r\n", PLAIN, 0);
}

/* Takes whole requests and as much of bodies as there is; *at stops at an unfinished head. */
static bool take_requests(struct reactor *reactor, struct connection *connection, const char **at, const char *end)
{
    while (*at < end) {
        if (connection->echo_rest > 0) {
            int64_t size = end - *at < connection->echo_rest ? end - *at : connection->echo_rest;
            if (!put(reactor, connection, *at, (size_t)size))
                return false;
            connection->echo_rest -= size;
            *at += size;
            continue;
        }
        int64_t length = 0;
        const char *first = *at, *line = memchr(first, '\n', (size_t)(end - first)), *first_end = line, *next;
        for (; line != NULL; line = next) {
            line++;
            if ((next = memchr(line, '\n', (size_t)(end - line))) == NULL || next - line == 1)
                break;
            if ((*line | 32) != 'c')
                continue;
            if (strncasecmp(line, "content-length:", 15) == 0)
                length = strtoll(line + 15, NULL, 10);
            else if (strncasecmp(line, "connection: close", 17) == 0)
                connection->closes = true;
        }
        if (line == NULL || next == NULL)
            return true;
        *at = next + 1;
        if (!answer_request(reactor, connection, first, first_end, length))
            return false;
    }
    return true;
}

/* False: the connection is over. */
static bool receive(struct reactor *reactor, struct connection *connection)
{
    while (true) {
        size_t kept = connection->kept_size;
        if (kept > 0)
            memcpy(reactor->input, connection->kept, kept);
        ssize_t size = read(connection->fd, reactor->input + kept, INPUT_BYTES - kept);
        if (size <= 0)
            return size < 0 && errno == EAGAIN;
        const char *at = reactor->input, *end = reactor->input + kept + size;
        if (!take_requests(reactor, connection, &at, end) || !flush(reactor, connection, NULL, 0))
            return false;
        free(connection->kept);
        connection->kept = NULL;
        connection->kept_size = (size_t)(end - at);
        if (connection->kept_size == INPUT_BYTES)
            return false;
        if (connection->kept_size > 0) {
            if ((connection->kept = malloc(connection->kept_size)) == NULL)
                return false;
            memcpy(connection->kept, at, connection->kept_size);
        }
        if (connection->unsent != NULL)
            return true; /* The client is to take what it has before more is read. */
        if (connection->closes && connection->echo_rest == 0)
            return false;
        if ((size_t)size < INPUT_BYTES - kept)
            return true;
    }
}

static bool send_unsent(struct connection *connection)
{
    ssize_t size = send(connection->fd, connection->unsent + connection->unsent_from,
        connection->unsent_size - connection->unsent_from, MSG_NOSIGNAL);
    if (size < 0)
        return errno == EAGAIN;
    connection->unsent_from += (size_t)size;
    if (connection->unsent_from == connection->unsent_size) {
        free(connection->unsent);
        connection->unsent = NULL;
        connection->unsent_size = connection->unsent_from = 0;
        return !connection->closes || connection->echo_rest > 0;
    }
    return true;
}

static void serve(struct reactor *reactor, struct connection *connection)
{
    bool goes_on = connection->unsent != NULL ? send_unsent(connection) : receive(reactor, connection);
    if (!goes_on) {
        reactor->output_size = 0;
        drop(connection);
        return;
    }
    bool waits = connection->unsent != NULL;
    if (waits != connection->is_waiting_to_send)
        watch(reactor, connection, EPOLL_CTL_MOD, waits ? EPOLLOUT : EPOLLIN);
    connection->is_waiting_to_send = waits;
}

static void accept_all(struct reactor *reactor)
{
    int fd, one = 1;
    while ((fd = accept4(reactor->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct connection *connection = calloc(1, sizeof *connection);
        if (connection == NULL)
            fail("calloc");
        connection->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(reactor, connection, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void *run(void *unused)
{
    (void)unused;
    struct reactor *reactor = calloc(1, sizeof *reactor);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct epoll_event events[512], event = { .events = EPOLLIN, .data.ptr = NULL };
    int one = 1;
    if (reactor == NULL || (reactor->queue = epoll_create1(EPOLL_CLOEXEC)) < 0
        || (reactor->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) < 0
        || setsockopt(reactor->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) < 0
        || setsockopt(reactor->listener, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) < 0
        || bind(reactor->listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(reactor->listener, 4096) < 0
        || epoll_ctl(reactor->queue, EPOLL_CTL_ADD, reactor->listener, &event) < 0)
        fail("listen");
    while (true) {
        int count = epoll_wait(reactor->queue, events, 512, -1);
        struct timespec now;
        clock_gettime(CLOCK_REALTIME_COARSE, &now);
        if (now.tv_sec != reactor->second) {
            struct tm parts;
            reactor->second = now.tv_sec;
            reactor->date_size = strftime(reactor->date, sizeof reactor->date,
                "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime_r(&now.tv_sec, &parts));
        }
        for (int index = 0; index < count; index++) {
            if (events[index].data.ptr == NULL)
                accept_all(reactor);
            else
                serve(reactor, events[index].data.ptr);
        }
    }
    return NULL;
}

int main(int count, char **arguments)
{
    int threads = 1;
    for (int option; (option = getopt(count, arguments, "p:t:")) != -1;) {
        if (option == 'p')
            port = atoi(optarg);
        else if (option == 't')
            threads = atoi(optarg);
        else
            return 2;
    }
    if (port == 0 || threads < 1)
        return 2;
    memset(large, 'x', sizeof large);
    signal(SIGPIPE, SIG_IGN);
    pthread_t thread;
    for (int index = 1; index < threads; index++)
        if (pthread_create(&thread, NULL, run, NULL) != 0)
            fail("pthread_create");
    run(NULL);
    return 0;
}
