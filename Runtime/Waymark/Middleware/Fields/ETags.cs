using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Waymark.Answers;
using Waymark.Buffers;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark;

/// <summary>Gives answers an entity tag, and answers 304 where the client has them already.</summary>
/// <remarks>
/// RFC 9110 sections 8.8 and 13. Looks at answers of 200 to GET and HEAD that were not flushed: one without an ETag
/// gets a hash of its body (128 bits of SHA-256), unless it is larger than the limit or says <c>no-store</c>; then
/// If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since are evaluated, with the handler's own ETag and
/// Last-Modified too. The handler runs all the same: what is saved is the way to the client. Preconditions of PUT,
/// PATCH and DELETE are the handler's to evaluate, before it changes anything.
/// </remarks>
/// <example>
/// <code>
/// server.Use(ETags.From());
/// </code>
/// </example>
public static class ETags
{
    private const int BytesLimit = 64 << 20;
    private const int HashBytes = 16;

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="OptionsException">Values are out of range.</exception>
    public static IMiddleware From(ETagsOptions? options = null)
    {
        options ??= new ETagsOptions();
        return options.BytesMax is > 0 and <= BytesLimit
            ? new Tagger(options)
            : throw new OptionsException(
                [$"ETagsOptions.BytesMax is {options.BytesMax}; it must be from 1 to {BytesLimit}."]);
    }

    private sealed class Tagger(ETagsOptions options) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server)
        {
            TimeProvider time = server.TimeProvider;
            return exchange =>
            {
                if (exchange.Request.Verb is not (Verbs.Get or Verbs.Head))
                    return next(exchange);
                ValueTask handling = next(exchange);
                if (!handling.IsCompletedSuccessfully)
                    return AwaitAsync(exchange, handling, time);
                Finish(exchange, time);
                return handling;
            };
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private async ValueTask AwaitAsync(Exchange exchange, ValueTask handling, TimeProvider time)
        {
            await handling.ConfigureAwait(false);
            Finish(exchange, time);
        }

        private void Finish(Exchange exchange, TimeProvider time)
        {
            Response response = exchange.Response;
            if (response.HasStarted || response.StatusCode != 200)
                return;
            if (!response.Headers.Contains("ETag"u8) && CanTag(response))
                AddTag(response);
            if (IsConditional(exchange.Request.Headers))
                Evaluate(exchange, time.GetUtcNow());
        }

        private bool CanTag(Response response) =>
            response.BodyBytes <= options.BytesMax
            // An answer to HEAD may have no body to hash; a declared length that was not written is an error.
            && (response.ContentLength is not { } length || length == response.BodyBytes)
            && !(response.Headers.TryGet("Cache-Control"u8, out ReadOnlySpan<byte> control)
                && control.IndexOf("no-store"u8) >= 0);

        // entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE
        private void AddTag(Response response)
        {
            Span<byte> tag = stackalloc byte[64];
            int start = options.IsWeak ? 3 : 1;
            "W/"u8.CopyTo(tag);
            tag[start - 1] = (byte)'"';
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            Hash(response, hash);
            int length = start + Base64Url.EncodeToUtf8(hash[..HashBytes], tag[start..]);
            tag[length++] = (byte)'"';
            response.Headers.AddTrusted("ETag"u8, tag[..length]);
        }

        private static void Hash(Response response, Span<byte> hash)
        {
            if (response.Writer.BodyPieceCount <= 1)
            {
                SHA256.HashData(
                    response.Writer.BodyPieceCount == 0 ? default : response.Writer.GetBodyPiece(0).Span, hash);
                return;
            }

            byte[] whole = BlockPool.Rent((int)response.BodyBytes);
            int length = 0;
            for (int index = 0; index < response.Writer.BodyPieceCount; index++)
            {
                ReadOnlySpan<byte> piece = response.Writer.GetBodyPiece(index).Span;
                piece.CopyTo(whole.AsSpan(length));
                length += piece.Length;
            }

            SHA256.HashData(whole.AsSpan(0, length), hash);
            BlockPool.Return(whole);
        }

        private static bool IsConditional(RequestHeaders headers) =>
            headers.TryGet("If-None-Match"u8, out _) || headers.TryGet("If-Match"u8, out _)
            || headers.TryGet("If-Modified-Since"u8, out _) || headers.TryGet("If-Unmodified-Since"u8, out _);

        private static void Evaluate(Exchange exchange, DateTimeOffset now)
        {
            Response response = exchange.Response;
            string? tag = response.Headers.TryGet("ETag"u8, out ReadOnlySpan<byte> text)
                ? Encoding.ASCII.GetString(text)
                : null;
            DateTimeOffset? modified = response.Headers.TryGet("Last-Modified"u8, out ReadOnlySpan<byte> value)
                && HttpDate.TryParse(value, out DateTimeOffset date) ? date : null;
            PreconditionOutcome outcome = new Preconditions(tag, modified, now).Evaluate(exchange.Request.Headers);
            if (outcome == PreconditionOutcome.NotModified)
            {
                Shorten(response);
            }
            else if (outcome == PreconditionOutcome.Failed)
            {
                response.Clear();
                ProblemWriter.Write(response, 412, "The answer is not what If-Match or If-Unmodified-Since says.");
            }
        }

        /// <summary>RFC 9110 section 15.4.5: of the content only what tells it apart.</summary>
        private static void Shorten(Response response)
        {
            response.Writer.DropBody();
            response.ContentLength = null;
            response.StatusCode = 304;
            response.Headers.Remove("Content-Type"u8);
            response.Headers.Remove("Content-Encoding"u8);
            response.Headers.Remove("Content-Language"u8);
            response.Headers.Remove("Content-Disposition"u8);
        }
    }
}
