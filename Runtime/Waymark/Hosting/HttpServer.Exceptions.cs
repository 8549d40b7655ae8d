using Waymark.Http;

namespace Waymark;

/// <content>What becomes of exceptions.</content>
public sealed partial class HttpServer
{
    // INVARIANT: under Lock; read once, when the server starts.
    private readonly Dictionary<Type, Func<Exception, ProblemDetails>> _mappings = [];
    private Func<Exchange, Exception, ValueTask<bool>>? _hook;

    /// <summary>Sets what is called when a handler or a middleware threw and no answer has started.</summary>
    /// <remarks>
    /// What had been written before is gone by then. Where the hook says false (or says true and has written nothing),
    /// the mappings of <see cref="MapException{T}(int, string?)"/> decide, then a plain 500 is sent
    /// (<see cref="ServerOptions.DetailedErrors"/>). An exception of the hook itself is logged, and the 500 follows. A
    /// <see cref="BadRequestException"/> comes here too: its connection ends after the answer. An exception is logged
    /// as an error unless it was answered with a status below 500. Neither hook nor mappings are asked for an
    /// <see cref="OperationCanceledException"/> once the server stops (503), where the client is gone, or once an
    /// answer has started: then the connection is reset. Where a parser, constructor or setter of a parameter's type
    /// threw, <c>exception.Data["Waymark.Parameter"]</c> is a string that names the parameter. Called by any number of
    /// threads at once.
    /// </remarks>
    /// <param name="hook">Gets the exchange and the exception; true where it has answered.</param>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="hook"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is a hook already, or the server has been started.</exception>
    /// <example>
    /// <code>
    /// server.OnError(async (exchange, exception) =>
    /// {
    ///     await reports.SendAsync(exception);
    ///     return false;
    /// });
    /// </code>
    /// </example>
    public HttpServer OnError(Func<Exchange, Exception, ValueTask<bool>> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        lock (Lock)
        {
            ThrowIfStarted("The error hook is set");
            if (_hook is not null)
                throw new InvalidOperationException("A server has one error hook: call both from one method.");
            _hook = hook;
            return this;
        }
    }

    /// <summary>Answers an exception of a type with a status, as a problem document.</summary>
    /// <remarks>
    /// Of several types that an exception is of, the most derived one counts, in whatever order they were mapped. It
    /// makes no difference whether a handler threw at once or later. <see cref="BadRequestException"/> keeps its own
    /// status unless that very type is mapped. Logged as an error only where the status is 500 or more.
    /// </remarks>
    /// <param name="status">The status code, 400 to 599.</param>
    /// <param name="detail">
    /// A sentence for the client; null for none. The exception's own text is never sent, but from 500 upwards with
    /// <see cref="ServerOptions.DetailedErrors"/> where this is null.
    /// </param>
    /// <typeparam name="T">The type of exception.</typeparam>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The type is mapped already, or the server has been started.
    /// </exception>
    public HttpServer MapException<T>(int status, string? detail = null)
        where T : Exception
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return Map(typeof(T), _ => new ProblemDetails { Status = status, Detail = detail });
    }

    /// <summary>Answers an exception of a type with a problem document that is made from it.</summary>
    /// <remarks>As <see cref="MapException{T}(int, string?)"/>.</remarks>
    /// <param name="toProblem">
    /// Makes the document, never null. Where it throws, that is logged, and a plain 500 is sent. Called by any number
    /// of threads at once.
    /// </param>
    /// <typeparam name="T">The type of exception.</typeparam>
    /// <returns>This server.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="toProblem"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The type is mapped already, or the server has been started.
    /// </exception>
    public HttpServer MapException<T>(Func<T, ProblemDetails> toProblem)
        where T : Exception
    {
        ArgumentNullException.ThrowIfNull(toProblem);
        return Map(typeof(T), exception => toProblem((T)exception));
    }

    private HttpServer Map(Type type, Func<Exception, ProblemDetails> mapping)
    {
        lock (Lock)
        {
            ThrowIfStarted("An exception is mapped");
            if (!_mappings.TryAdd(type, mapping))
                throw new InvalidOperationException($"{type} is mapped already: a type has one answer.");
            return this;
        }
    }

    private ExceptionPolicy Exceptions() => new(_hook, _mappings, Stopping);
}
