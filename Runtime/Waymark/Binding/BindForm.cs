using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;
using Waymark.Routing;

namespace Waymark.CompilerServices;

/// <content>The body as a form.</content>
public static partial class Bind
{
    /// <summary>Reads what a handler wants of a form, url-encoded or multipart.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="plan">What is wanted.</param>
    /// <returns>
    /// The form, or the fact that 415 was answered. What is missing is for the caller to report. Other refusals (400,
    /// 408, 413) come as exceptions of the body.
    /// </returns>
    /// <exception cref="BadRequestException">The form is malformed, too large, too slow or incomplete.</exception>
    public static async ValueTask<BodyValue<BoundForm>> FormAsync(Exchange exchange, FormPlan plan)
    {
        RequestBody body = exchange.Request.Body;
        if (MediaTypes.Is(body.ContentType, "application/x-www-form-urlencoded"u8))
            return new BodyValue<BoundForm>(true, new BoundForm(await body.ReadFormAsync().ConfigureAwait(false)));
        if (MediaTypes.Is(body.ContentType, "multipart/form-data"u8))
        {
            var form = new BoundForm(body.NewForm());
            await new FormCollector(exchange, plan, form).CollectAsync(body.OpenMultipart()).ConfigureAwait(false);
            return new BodyValue<BoundForm>(true, form);
        }

        // A request without a body is a form without fields: whether that is enough is the plan's to say.
        if (body.Length == 0 && body.ContentType.IsEmpty)
            return new BodyValue<BoundForm>(true, new BoundForm(body.NewForm()));
        ProblemDetails.Write(exchange.Response, 415, Refusals.DetailOf(RequestRejection.NotAForm));
        return default;
    }
}
