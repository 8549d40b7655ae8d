namespace Waymark.Http;

/// <summary>What a program has said about the exceptions of its handlers.</summary>
/// <param name="hook">Asked first; null where there is none.</param>
/// <param name="mappings">What an exception of a type becomes.</param>
/// <param name="stopping">Cancelled when the server begins to stop.</param>
internal sealed class ExceptionPolicy(
    Func<Exchange, Exception, ValueTask<bool>>? hook,
    IReadOnlyDictionary<Type, Func<Exception, ProblemDetails>> mappings,
    CancellationToken stopping)
{
    /// <summary>Nothing: each exception is a plain 500.</summary>
    public static readonly ExceptionPolicy None =
        new(null, new Dictionary<Type, Func<Exception, ProblemDetails>>(), CancellationToken.None);

    /// <summary>Asked first: true where it has answered.</summary>
    public Func<Exchange, Exception, ValueTask<bool>>? Hook => hook;

    /// <summary>True where there is nothing to ask.</summary>
    public bool IsEmpty => hook is null && mappings.Count == 0;

    public bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>Cancelled as the first step of a stop.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>The mapping of the most derived type that the exception is of; null where there is none.</summary>
    public Func<Exception, ProblemDetails>? Find(Exception exception)
    {
        for (Type? type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (mappings.TryGetValue(type, out Func<Exception, ProblemDetails>? mapping))
                return mapping;

            // It brings an answer of its own, which a mapping of Exception or IOException must not replace.
            if (type == typeof(BadRequestException))
                return null;
        }

        return null;
    }
}
