using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Http.Parsing;

namespace Waymark.Http;

/// <content>What becomes of an exception that a handler or a middleware let through.</content>
/// <remarks>
/// <code>
/// thrown --(a protocol after 101)----> what it tells its peer
///    |-----(the answer has started)--> reset
///    |-----(cancelled: peer gone)----> reset
///    |-----(the peer is gone)--------> 500, which nobody reads
///    |-----(cancelled by a stop)-----> 503
///    |-----(the hook says true)------> what the hook wrote
///    |-----(a mapping for its type)--> the problem that it makes
///    |-----(BadRequestException)-----> its own status, and the last answer
///    |-----(FaultPolicy.CloseSilently)-> nothing, and a close
///    +-------------------------------> 500
/// </code>
/// </remarks>
internal sealed partial class HttpConnection
{
    /// <summary>Turns a handler's exception into an answer, or notes that there can be none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask FailAsync(Exception exception)
    {
        _exchange.Failure = exception;
        if (_protocol is not null)
        {
            LogFailure(exception);
            return ValueTask.CompletedTask;
        }

        if (_exchange.Response.HasStarted || IsOfPeer(exception))
        {
            Abort(exception);
            return ValueTask.CompletedTask;
        }

        // Where the next request would start is not known any more, unless only the content is wrong.
        if (exception is BadRequestException refused)
            _isClosing |= !refused.IsAboutContent || _exchange.Request.Body.HasFailed;
        _exchange.Response.Clear();
        if (!_services.Exceptions.IsEmpty && exception is not ConnectionLostException && !IsOfStop(exception))
            return AnswerByPolicyAsync(exception);
        AnswerPlainly(exception);
        return ValueTask.CompletedTask;
    }

    private async ValueTask AnswerByPolicyAsync(Exception exception)
    {
        Request request = _exchange.Request;
        Response response = _exchange.Response;
        try
        {
            if (await TryAnswerAsync(exception).ConfigureAwait(false))
            {
                LogAnswered(exception, response.StatusCode);
                return;
            }
        }
        catch (Exception failure)
        {
            if (failure is ConnectionLostException)
                HttpLog.PeerGone(_services.Logger, failure, _context.Id);
            else
                HttpLog.ExceptionHookFailed(_services.Logger, failure, request.Method, request.Path);
        }

        if (response.HasStarted)
        {
            Abort(exception);
            return;
        }

        response.Clear();
        AnswerPlainly(exception);
    }

    /// <summary>Asks the hook, then the mappings.</summary>
    /// <returns>False where neither has answered.</returns>
    private async ValueTask<bool> TryAnswerAsync(Exception exception)
    {
        ExceptionPolicy policy = _services.Exceptions;
        Response response = _exchange.Response;

        // A hook that says true and has written nothing would turn a failure into an empty 200.
        if (policy.Hook is { } hook
            && await hook(_exchange, exception).ConfigureAwait(false) && response.IsTouched)
        {
            return true;
        }

        if (response.HasStarted || policy.Find(exception) is not { } mapping)
            return false;
        response.Clear();
        ProblemDetails problem = mapping(exception)
            ?? throw new InvalidOperationException($"The mapping for {exception.GetType()} returned null.");
        bool isDetailed = problem.Status >= 500 && _services.DetailedErrors;
        ProblemWriter.Write(response, problem, isDetailed ? exception.ToString() : null);
        return true;
    }

    private void AnswerPlainly(Exception exception)
    {
        LogFailure(exception);
        Response response = _exchange.Response;
        if (exception is BadRequestException refused)
            ProblemWriter.Write(response, Refusals.TypeOf(refused.Rejection), refused.Message);
        else if (IsOfStop(exception))
            ProblemWriter.Write(response, 503, "The server is stopping.");
        else if (_services.Policy.Faults == FaultPolicy.CloseSilently)
            _isAborted = _isSilenced = true;
        else
            ProblemWriter.Write(response, 500, _services.DetailedErrors ? exception.ToString() : null);
    }

    private void Abort(Exception exception)
    {
        LogFailure(exception);
        _isAborted = true;
    }

    /// <summary>True where a handler gave up because the server stops: no mistake of anyone.</summary>
    private bool IsOfStop(Exception exception) => exception is OperationCanceledException
        && (_context.AbortToken.IsCancellationRequested || _context.IsStopping || _services.Exceptions.IsStopping);

    /// <summary>True where a handler gave up because the peer is gone.</summary>
    private bool IsOfPeer(Exception exception) => _isPeerGone && exception is OperationCanceledException;

    private void LogFailure(Exception exception)
    {
        ILogger logger = _services.Logger;
        Request request = _exchange.Request;
        if (exception is ConnectionLostException || IsOfPeer(exception) || _protocol?.IsOfPeer(exception) == true)
            HttpLog.PeerGone(logger, exception, _context.Id);
        else if (IsOfStop(exception))
            HttpLog.HandlerCancelled(logger, request.Method, request.Path);
        else if (exception is BadRequestException)
            return;
        else if (FailedParameter.Of(exception) is { } parameter)
            HttpLog.ParameterFailed(logger, exception, parameter, request.Method, request.Path);
        else
            HttpLog.HandlerFailed(logger, exception, request.Method, request.Path);
    }

    /// <summary>An exception that the program has turned into 4xx is a way of its to answer, not a failure.</summary>
    private void LogAnswered(Exception exception, int status)
    {
        ILogger logger = _services.Logger;
        Request request = _exchange.Request;
        if (status >= 500)
            LogFailure(exception);
        else if (logger.IsEnabled(LogLevel.Debug))
            HttpLog.ExceptionAnswered(logger, exception, request.Method, request.Path, status);
    }
}
