using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>What is registered with an exchange is disposed at its end, however it ends.</summary>
public class DisposalTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private readonly List<string> _log = [];

    protected virtual Layer Layer => Layer.Clear;

    [Theory]
    [InlineData(false, "200 200")]
    [InlineData(true, "500 500")]
    public async Task The_last_one_goes_first_and_each_once(bool throws, string statuses)
    {
        WireAnswer answer = await Engine.PlayOnceAsync(Layer, Request + Request, async exchange =>
        {
            _log.Add("begin");
            exchange.RegisterForDispose(new Noting(this, "a"));
            exchange.RegisterForDispose(new NotingLater(this, "b"));
            exchange.RegisterForDispose(new Noting(this, "c"));
            await Task.Yield();
            _log.Add("end");
            if (throws)
                throw new InvalidOperationException("secret");
        });
        Assert.Equal(statuses, answer.Statuses);
        Assert.Equal(["begin", "end", "c", "b", "a", "begin", "end", "c", "b", "a"], _log);
    }

    [Fact]
    public async Task What_fails_at_it_keeps_neither_the_rest_nor_the_answer_back()
    {
        var errors = new CountingLogger();
        WireAnswer answer = await Engine.PlayOnceAsync(Layer, Request, exchange =>
        {
            exchange.RegisterForDispose(new Noting(this, "a"));
            exchange.RegisterForDispose(new Noting(this, null));
            exchange.Response.Write("fine");
            return ValueTask.CompletedTask;
        }, errors);
        Assert.EndsWith("fine", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["a"], _log);
        Assert.Equal(1, errors.Count);
    }

    [Fact]
    public async Task An_aborted_answer_is_an_end_as_well()
    {
        WireAnswer answer = await Engine.PlayOnceAsync(Layer, Request, async exchange =>
        {
            exchange.RegisterForDispose(new Noting(this, "a"));
            exchange.Response.Write("half");
            await exchange.Response.FlushAsync();
            throw new InvalidOperationException("secret");
        });
        Assert.True(answer.IsAborted);
        Assert.Equal(["a"], _log);
    }

    [Fact]
    public async Task What_cannot_be_disposed_cannot_be_registered()
    {
        WireAnswer answer = await Engine.PlayOnceAsync(Layer, Request, exchange =>
        {
            Assert.Throws<ArgumentException>(() => exchange.RegisterForDispose("text"));
            return ValueTask.CompletedTask;
        });
        Assert.Equal("200", answer.Statuses);
    }

    private sealed class Noting(DisposalTests test, string? name) : IDisposable
    {
        public void Dispose() => test._log.Add(name ?? throw new InvalidOperationException("cannot be disposed"));
    }

    private sealed class NotingLater(DisposalTests test, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            test._log.Add(name);
        }
    }

    private sealed class CountingLogger : ILogger
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Count++;
    }
}

/// <summary>The same over TLS.</summary>
public sealed class TlsDisposalTests : DisposalTests
{
    protected override Layer Layer => Layer.Tls;
}
