using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Waymark.Http;

/// <summary>What is to run at one moment of an exchange; the last one added runs first.</summary>
/// <remarks>
/// Whoever is added last stands innermost, so a callback sees what those inside of it have done. The memory is kept for
/// the next exchange.
/// </remarks>
internal struct ExchangeCallbacks
{
    private Action<Exchange>?[]? _callbacks;
    private int _count;

    public readonly bool IsEmpty => _count == 0;

    public void Add(Action<Exchange> callback)
    {
        _callbacks ??= new Action<Exchange>[4];
        if (_count == _callbacks.Length)
            Array.Resize(ref _callbacks, _count * 2);
        _callbacks[_count++] = callback;
    }

    /// <summary>Runs them all, each once; what fails is logged, and the rest has its turn.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(Exchange exchange, ILogger? logger)
    {
        while (_count > 0)
        {
            Action<Exchange> callback = _callbacks![--_count]!;
            try
            {
                callback(exchange);
            }
            catch (Exception exception)
            {
                if (logger is not null)
                    HttpLog.CallbackFailed(logger, exception, exchange.Request.Method, exchange.Request.Path);
            }
        }
    }

    public void Clear() => _count = 0;
}
