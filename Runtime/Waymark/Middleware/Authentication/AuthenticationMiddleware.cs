using System.Globalization;
using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark.Middleware;

/// <summary>Asks schemes in their order who sends the request.</summary>
internal sealed class AuthenticationMiddleware(AuthenticationScheme[] schemes, bool isRequired) : IMiddleware
{
    public Handler Wrap(Handler next, ServerContext server) =>
        new Run(schemes, isRequired, next, server).HandleAsync;

    private sealed class Run(AuthenticationScheme[] schemes, bool isRequired, Handler next, ServerContext server)
    {
        private readonly byte[][] _challenges =
            Array.ConvertAll(schemes, scheme => Encoding.ASCII.GetBytes(scheme.Challenge));

        public ValueTask HandleAsync(Exchange exchange)
        {
            // Around a route, a preflight comes here: it carries no credentials, and learns nothing but the methods.
            if ((!isRequired && exchange.User is not null) || exchange.PreflightAllow != Verbs.None)
                return next(exchange);

            int challenge = exchange.Challenges.Count;
            foreach (byte[] value in _challenges)
                exchange.Challenges.Add(value);
            return TryFrom(0, exchange, challenge, null);
        }

        private ValueTask TryFrom(int first, Exchange exchange, int challenge, TimeSpan? retryAfter)
        {
            for (int index = first; index < schemes.Length; index++)
            {
                ValueTask<AuthenticationResult> pending = schemes[index].AuthenticateAsync(exchange, server);
                if (!pending.IsCompletedSuccessfully)
                    return AwaitAsync(pending, index, exchange, challenge, retryAfter);
                AuthenticationResult result = pending.Result;
                if (IsKnown(result, exchange, challenge + index))
                    return next(exchange);
                retryAfter ??= result.RetryAfter;
            }

            if (retryAfter is { } later)
                return Postpone(exchange.Response, later);
            return isRequired ? Authentication.Challenge(exchange) : next(exchange);
        }

        private async ValueTask AwaitAsync(
            ValueTask<AuthenticationResult> pending, int index, Exchange exchange, int challenge, TimeSpan? retryAfter)
        {
            AuthenticationResult result = await pending.ConfigureAwait(false);
            ValueTask rest = IsKnown(result, exchange, challenge + index)
                ? next(exchange)
                : TryFrom(index + 1, exchange, challenge, retryAfter ?? result.RetryAfter);
            await rest.ConfigureAwait(false);
        }

        /// <summary>Who may be right is not told to be wrong: RFC 9110 section 15.6.4.</summary>
        private static ValueTask Postpone(Response response, TimeSpan retryAfter)
        {
            response.Headers.Set(
                "Retry-After", ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
            ProblemWriter.Write(response, 503, "Credentials cannot be judged now.");
            return ValueTask.CompletedTask;
        }

        private static bool IsKnown(AuthenticationResult result, Exchange exchange, int challenge)
        {
            if (result.User is { } user)
            {
                exchange.User = user;
                return true;
            }

            if (result.Challenge is { } text)
                exchange.Challenges[challenge] = Encoding.ASCII.GetBytes(text);
            return false;
        }
    }
}
