/* A light generator of load: one thread, epoll, N connections to one loopback port, the same request over and over.

     client -p PORT -r REQUEST-FILE [-c CONNECTIONS] [-d DEPTH] [-b BODY-BYTES] [-x] [-P PID,PID]
            [-w WARM-SECONDS] [-s SECONDS] [-i]

   A connection sends DEPTH requests at once, and the next ones when all of them are answered. -x: one request to a
   connection; the server closes. -b: how long the body of each answer must be. -P: the processes whose CPU time is read
   at the first and at the last moment of the measured time, so that it covers the counted answers exactly. -i: one
   request on each connection; then they stay idle until standard input ends. Ends by itself; prints a line of JSON. */
#define _GNU_SOURCE
#include "answer.h"
#include "latency.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 256 * 1024, PIDS_MAX = 64, OPENING_MAX = 128 };

struct connection {
    int fd;
    bool is_proven;        /* Has had an answer once: the next connection may be opened. */
    int unanswered;
    size_t sent;           /* Of the batch. */
    uint64_t begun_ns;     /* When the batch was sent, or the connection opened where each has one request. */
    struct answer answer;
};

static struct { int port, connections, depth, pids; int64_t body; bool closes, idles; double warm, seconds; } options =
    { .connections = 1, .depth = 1, .body = -1, .warm = 0.5, .seconds = 2 };
static clockid_t clocks[PIDS_MAX];
static char *batch, received[READ_BYTES];
static size_t batch_size;
static struct connection *connections;
static int queue, opened, proven;
static uint64_t now_ns, answers, bad_status, bad_body, broken, unopened;
static bool is_measuring;
static struct latency latency;

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec time;
    return clock_gettime(clock, &time) == 0 ? (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec : 0;
}

static uint64_t servers_ns(void)
{
    uint64_t sum = 0;
    for (int pid = 0; pid < options.pids; pid++)
        sum += clock_ns(clocks[pid]);
    return sum;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void open_connection(struct connection *connection)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)options.port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection };
    int one = 1;
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0)
        fail("socket");
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connection->begun_ns = clock_ns(CLOCK_MONOTONIC);
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS)
        unopened++; /* The event that follows says so again, and opens the next one. */
    connection->sent = 0;
    connection->unanswered = options.closes ? 1 : options.depth;
    connection->answer.phase = IN_HEAD;
    if (epoll_ctl(queue, EPOLL_CTL_ADD, connection->fd, &event) < 0)
        fail("epoll_ctl");
}

static void reopen(struct connection *connection)
{
    close(connection->fd);
    free(connection->answer.head);
    connection->answer.head = NULL;
    open_connection(connection);
}

/* Sends what is left of the batch; an edge of EPOLLOUT goes on where the socket is full. False: the peer is gone. */
static bool send_batch(struct connection *connection)
{
    while (connection->sent < batch_size) {
        ssize_t size = send(connection->fd, batch + connection->sent, batch_size - connection->sent, MSG_NOSIGNAL);
        if (size < 0)
            return errno == EAGAIN || errno == ENOTCONN;
        connection->sent += (size_t)size;
    }
    return true;
}

static void count_answer(struct connection *connection)
{
    if (!connection->is_proven) {
        connection->is_proven = true;
        proven++;
    }
    if (!is_measuring)
        return;
    if (connection->answer.status != 200)
        bad_status++;
    else if (options.body >= 0 && connection->answer.body != options.body)
        bad_body++;
    else
        answers++;
    latency_add(&latency, now_ns - connection->begun_ns);
}

/* False: the connection is to be opened anew. */
static bool take_all(struct connection *connection, size_t size)
{
    const char *at = received, *end = received + size;
    while (at < end) {
        enum outcome outcome = take_answer(&connection->answer, &at, end);
        if (outcome == NEED_MORE)
            return true;
        if (outcome == NOT_HTTP || connection->unanswered == 0) {
            broken += is_measuring;
            return false;
        }
        count_answer(connection);
        if (--connection->unanswered > 0 || options.closes || options.idles)
            continue;
        if (connection->answer.closes)
            return false;
        connection->unanswered = options.depth;
        connection->sent = 0;
        connection->begun_ns = now_ns;
        if (!send_batch(connection))
            return false;
    }
    return true;
}

static void serve(struct connection *connection, uint32_t events)
{
    bool is_ending = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    if ((events & EPOLLOUT) != 0 && !is_ending && !send_batch(connection)) {
        reopen(connection);
        return;
    }
    while ((events & EPOLLIN) != 0 || is_ending) {
        ssize_t size = read(connection->fd, received, sizeof received);
        now_ns = clock_ns(CLOCK_MONOTONIC);
        if (size < 0 && errno == EAGAIN)
            return;
        if (size <= 0) {
            broken += is_measuring && connection->unanswered > 0;
            reopen(connection);
            return;
        }
        if (!take_all(connection, (size_t)size)) {
            reopen(connection);
            return;
        }
        if ((size_t)size < sizeof received && !is_ending)
            return; /* All that there was: the next octet is a new edge. */
    }
}

/* Opens connections no faster than the server takes them, since its accept queue may be short. */
static void open_more(void)
{
    while (opened < options.connections && opened - proven < OPENING_MAX)
        open_connection(&connections[opened++]);
}

static void run_until(uint64_t end_ns)
{
    struct epoll_event events[512];
    for (now_ns = clock_ns(CLOCK_MONOTONIC); now_ns < end_ns; now_ns = clock_ns(CLOCK_MONOTONIC)) {
        open_more();
        if (options.idles && proven == options.connections)
            return;
        int count = epoll_wait(queue, events, 512, (int)((end_ns - now_ns) / 1000000 + 1));
        for (int event = 0; event < count; event++)
            serve(events[event].data.ptr, events[event].events);
    }
}

/* Connections that the server closed while nothing happened are lost. */
static void idle(void)
{
    struct pollfd input = { .fd = 0, .events = POLLIN };
    struct epoll_event events[512];
    printf("{\"idle\":%d}\n", proven);
    fflush(stdout);
    poll(&input, 1, (int)(options.seconds * 1000));
    int lost = 0, count;
    while ((count = epoll_wait(queue, events, 512, 0)) > 0)
        for (int event = 0; event < count; event++)
            lost += (events[event].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    printf("{\"lost\":%d}\n", lost);
}

static void measure(void)
{
    is_measuring = true;
    uint64_t servers = servers_ns(), own = clock_ns(CLOCK_PROCESS_CPUTIME_ID), first = clock_ns(CLOCK_MONOTONIC);
    run_until(first + (uint64_t)(options.seconds * 1e9));
    double seconds = (double)(clock_ns(CLOCK_MONOTONIC) - first) / 1e9;
    printf("{\"answers\":%llu,\"seconds\":%.6f,\"server_cpu_us\":%.3f,\"client_cpu_us\":%.3f,\"p50_us\":%.2f,"
        "\"p99_us\":%.2f,\"max_us\":%.2f,\"bad_status\":%llu,\"bad_body\":%llu,\"broken\":%llu,\"unopened\":%llu}\n",
        (unsigned long long)answers, seconds, (double)(servers_ns() - servers) / 1e3,
        (double)(clock_ns(CLOCK_PROCESS_CPUTIME_ID) - own) / 1e3, latency_ns(&latency, 0.5) / 1e3,
        latency_ns(&latency, 0.99) / 1e3, (double)latency.max_ns / 1e3, (unsigned long long)bad_status,
        (unsigned long long)bad_body, (unsigned long long)broken,
        (unsigned long long)(unopened + (uint64_t)(options.connections - proven)));
}

static void read_request(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail(path);
    size_t size = (size_t)ftell(file);
    rewind(file);
    size_t copies = options.closes || options.idles ? 1 : (size_t)options.depth;
    batch_size = size * copies;
    batch = malloc(batch_size + 1);
    if (batch == NULL || fread(batch, 1, size, file) != size)
        fail(path);
    for (size_t copy = 1; copy < copies; copy++)
        memcpy(batch + copy * size, batch, size);
    fclose(file);
}

static void read_pids(char *list)
{
    for (char *pid = strtok(list, ","); pid != NULL && options.pids < PIDS_MAX; pid = strtok(NULL, ","))
        if (clock_getcpuclockid(atoi(pid), &clocks[options.pids++]) != 0)
            fail("clock_getcpuclockid");
}

int main(int count, char **arguments)
{
    const char *request = NULL;
    for (int option; (option = getopt(count, arguments, "p:r:c:d:b:xP:w:s:i")) != -1;) {
        switch (option) {
        case 'p': options.port = atoi(optarg); break;
        case 'r': request = optarg; break;
        case 'c': options.connections = atoi(optarg); break;
        case 'd': options.depth = atoi(optarg); break;
        case 'b': options.body = atoll(optarg); break;
        case 'x': options.closes = true; break;
        case 'P': read_pids(optarg); break;
        case 'w': options.warm = atof(optarg); break;
        case 's': options.seconds = atof(optarg); break;
        case 'i': options.idles = true; break;
        default: return 2;
        }
    }
    if (options.port == 0 || request == NULL || options.connections < 1 || options.depth < 1)
        return 2;
    read_request(request);
    connections = calloc((size_t)options.connections, sizeof *connections);
    queue = epoll_create1(EPOLL_CLOEXEC);
    if (connections == NULL || queue < 0)
        fail("epoll_create1");
    run_until(clock_ns(CLOCK_MONOTONIC) + (uint64_t)(options.warm * 1e9));
    if (options.idles)
        idle();
    else
        measure();
    return 0;
}
