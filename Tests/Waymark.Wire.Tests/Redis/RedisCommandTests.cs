namespace Waymark.Wire.Tests.Redis;

/// <summary>Samples/Redis: what each command answers.</summary>
public sealed class RedisCommandTests(RunningRedis redis) : IClassFixture<RunningRedis>
{
    [Theory]
    [InlineData("PING;ping hi;ECHO x;ECHO", "+PONG|$2|hi|$1|x|-ERR wrong number of arguments for 'echo' command|")]
    [InlineData("NOWHERE x;SELECT 0;SELECT 1;SELECT x",
        "-ERR unknown command 'NOWHERE'|+OK|-ERR DB index is out of range|"
        + "-ERR value is not an integer or out of range|")]
    [InlineData("CLIENT GETNAME;CLIENT SETNAME me;CLIENT GETNAME;CLIENT SETINFO lib-name x;CLIENT SETNAME 'a b'",
        "$0||+OK|$2|me|+OK|-ERR Client names cannot contain spaces, newlines or special characters.|")]
    [InlineData(
        "HELLO 3;HELLO x",
        "-NOPROTO unsupported protocol version|-ERR Protocol version is not an integer or out of range|")]
    [InlineData("COMMAND DOCS;CONFIG GET save;CONFIG GET a*;CONFIG GET nothing",
        "*0|*2|$4|save|$0||*2|$10|appendonly|$2|no|*0|")]
    public Task Connections_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("SET k v;GET k;GET none;STRLEN k;TYPE k;TYPE none", "+OK|$1|v|$-1|:1|+string|+none|")]
    [InlineData("SET k v NX;SET k w NX;SET k w XX GET;SET none v XX;GET k", "+OK|$-1|$1|v|$-1|$1|w|")]
    [InlineData(
        "SET k v EX 100;TTL k;SET k v KEEPTTL;TTL k;SET k v;TTL k;TTL none",
        "+OK|:100|+OK|:100|+OK|:-1|:-2|")]
    [InlineData("SET k v EX 0;SET k v EX 9223372036854775807;SET k v EX x;SET k v NX XX;SET k v EX;SET k v WHAT",
        "-ERR invalid expire time in 'set' command|-ERR invalid expire time in 'set' command|"
        + "-ERR value is not an integer or out of range|-ERR syntax error|-ERR syntax error|-ERR syntax error|")]
    [InlineData("SETNX k a;SETNX k b;GETSET k c;GETDEL k;GETDEL k", ":1|:0|$1|a|$1|c|$-1|")]
    [InlineData(
        "MSET a 1 b 2;MGET a none b;MSET a",
        "+OK|*3|$1|1|$-1|$1|2|-ERR wrong number of arguments for 'mset' command|")]
    [InlineData("APPEND k ab;APPEND k c;GET k", ":2|:3|$3|abc|")]
    [InlineData(
        "INCR n;INCRBY n 9;DECR n;DECRBY n 10;GET n;INCRBY n x",
        ":1|:10|:9|:-1|$2|-1|-ERR value is not an integer or out of range|")]
    [InlineData("SET n 9223372036854775807;INCR n;SET n 01;INCR n;SET n ' 1';INCR n;GET n",
        "+OK|-ERR increment or decrement would overflow|+OK|-ERR value is not an integer or out of range|+OK|"
        + "-ERR value is not an integer or out of range|$2| 1|")]
    [InlineData("DECRBY n -9223372036854775808;DECRBY n 9223372036854775807;DECRBY n 2",
        "-ERR decrement would overflow|:-9223372036854775807|-ERR increment or decrement would overflow|")]
    public Task Strings_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("MSET a 1 b 2;EXISTS a a b none;DEL a none;EXISTS a;DBSIZE;KEYS b*;FLUSHALL;DBSIZE;FLUSHDB MAYBE",
        "+OK|:3|:1|:0|:1|*1|$1|b|+OK|:0|-ERR syntax error|")]
    [InlineData("SET k v;EXPIRE k 100;TTL k;PERSIST k;PERSIST k;TTL k;EXPIRE none 1;PEXPIRE k 100000;"
        + "EXPIRE k -1;EXISTS k",
        "+OK|:1|:100|:1|:0|:-1|:0|:1|:1|:0|")]
    [InlineData("SET k v;EXPIRE k 9223372036854775807;PTTL k;PTTL none",
        "+OK|-ERR invalid expire time in 'expire' command|:-1|:-2|")]
    public Task Keys_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("RPUSH l a b c;LPUSH l z y;LRANGE l 0 -1;LLEN l", ":3|:5|*5|$1|y|$1|z|$1|a|$1|b|$1|c|:5|")]
    [InlineData("RPUSH l a b c;LRANGE l 1 1;LRANGE l -2 -1;LRANGE l 2 9;LRANGE l 5 9;LRANGE l -9 0;"
        + "LRANGE none 0 -1",
        ":3|*1|$1|b|*2|$1|b|$1|c|*1|$1|c|*0|*1|$1|a|*0|")]
    [InlineData("RPUSH l a b c;LPOP l;RPOP l;LPOP l 9;EXISTS l;LPOP l;LPOP l 1;RPOP l -1",
        ":3|$1|a|$1|c|*1|$1|b|:0|$-1|*-1|-ERR value is out of range, must be positive|")]
    public Task Lists_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("SADD s a b a;SADD s b;SCARD s;SISMEMBER s a;SISMEMBER s z;SMEMBERS s;SREM s a z;SPOP s;"
        + "EXISTS s;SPOP s",
        ":2|:0|:2|:1|:0|*2|$1|a|$1|b|:1|$1|b|:0|$-1|")]
    [InlineData("SADD s a;SREM s a;EXISTS s;TYPE s", ":1|:1|:0|+none|")]
    public Task Sets_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("HSET h f 1 g 2;HSET h f 3;HGET h f;HGET h z;HLEN h;HGETALL h;HDEL h f g z;EXISTS h;HSET h f",
        ":2|:0|$1|3|$-1|:2|*4|$1|f|$1|3|$1|g|$1|2|:2|:0|-ERR wrong number of arguments for 'hset' command|")]
    public Task Hashes_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("ZADD z 2 b 1 a 2 aa;ZADD z 0.5 b;ZCARD z;ZSCORE z b;ZPOPMIN z;ZPOPMIN z 9;EXISTS z;ZPOPMIN z",
        ":3|:0|:3|$3|0.5|*2|$1|b|$3|0.5|*4|$1|a|$1|1|$2|aa|$1|2|:0|*0|")]
    [InlineData(
        "ZADD z -inf a;ZSCORE z a;ZADD z nan a;ZADD z x a;ZADD z 1",
        ":1|$4|-inf|-ERR value is not a valid float|"
        + "-ERR value is not a valid float|-ERR syntax error|")]
    public Task Sorted_sets_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Theory]
    [InlineData("SET s v;LPUSH s a;SADD s a;HSET s a b;ZADD s 1 a;LRANGE s 0 1;RPUSH l a;GET l;INCR l;"
        + "APPEND l x;GETSET l x;MGET l",
        "+OK|W|W|W|W|W|:1|W|W|W|W|*1|$-1|")]
    public Task Keys_of_another_kind_are_answered_as_by_Redis(string commands, string answers) =>
        AnswerAsync(commands, answers);

    [Fact]
    public async Task Keys_and_values_may_hold_any_octet()
    {
        string octets = new([.. Enumerable.Range(0, 256).Select(n => (char)n)]);
        string heard = await redis.TalkAsync(
            $"*3\r\n$3\r\nSET\r\n$256\r\n{octets}\r\n$256\r\n{octets}\r\n"
            + $"*2\r\n$3\r\nGET\r\n$256\r\n{octets}\r\nQUIT\r\n");
        Assert.Equal($"+OK\r\n$256\r\n{octets}\r\n+OK\r\n", heard);
    }

    [Fact]
    public async Task Who_breaks_the_protocol_is_told_so_behind_what_was_answered_and_closed()
    {
        string heard = await redis.TalkAsync("PING\r\n*1\r\n$-5\r\nPING\r\n");
        Assert.Equal("+PONG\r\n-ERR Protocol error: invalid bulk length\r\n", heard);
    }

    [Fact]
    public async Task The_introduction_is_of_the_version_that_is_spoken()
    {
        string heard = await redis.TalkAsync("HELLO 2\r\nQUIT\r\n");
        Assert.StartsWith("*14\r\n$6\r\nserver\r\n$5\r\nredis\r\n", heard, StringComparison.Ordinal);
        Assert.Contains("$5\r\nproto\r\n:2\r\n", heard, StringComparison.Ordinal);
    }

    /// <param name="commands">Commands, parted by semicolons.</param>
    /// <param name="answers">Their answers, with | for CR LF and W for the error about another kind.</param>
    private async Task AnswerAsync(string commands, string answers)
    {
        string heard = await redis.TalkAsync(
            $"FLUSHALL;{commands};QUIT;".Replace(";", "\r\n", StringComparison.Ordinal));
        answers = answers.Replace(
            "W|", "-WRONGTYPE Operation against a key holding the wrong kind of value|", StringComparison.Ordinal);
        Assert.Equal("+OK|" + answers + "+OK|", heard.Replace("\r\n", "|", StringComparison.Ordinal));
    }
}
