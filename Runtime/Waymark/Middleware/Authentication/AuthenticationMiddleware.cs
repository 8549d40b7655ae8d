using System.Text;
using Waymark.CompilerServices;

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
            return TryFrom(0, exchange, challenge);
        }

        private ValueTask TryFrom(int first, Exchange exchange, int challenge)
        {
            for (int index = first; index < schemes.Length; index++)
            {
                ValueTask<AuthenticationResult> pending = schemes[index].AuthenticateAsync(exchange, server);
                if (!pending.IsCompletedSuccessfully)
                    return AwaitAsync(pending, index, exchange, challenge);
                if (IsKnown(pending.Result, exchange, challenge + index))
                    return next(exchange);
            }

            return isRequired ? Authentication.Challenge(exchange) : next(exchange);
        }

        private async ValueTask AwaitAsync(
            ValueTask<AuthenticationResult> pending, int index, Exchange exchange, int challenge)
        {
            AuthenticationResult result = await pending.ConfigureAwait(false);
            ValueTask rest = IsKnown(result, exchange, challenge + index)
                ? next(exchange)
                : TryFrom(index + 1, exchange, challenge);
            await rest.ConfigureAwait(false);
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
