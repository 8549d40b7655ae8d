using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;
using Waymark.Binding;

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
        ProblemWriter.Write(exchange.Response, 415, Refusals.DetailOf(RequestRejection.NotAForm));
        return default;
    }

    /// <summary>
    /// Every value of a field in a form, in their order; inputs that were left empty are none, but for text.
    /// </summary>
    /// <param name="fields">The fields of the form.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="name">The field's name as text.</param>
    /// <param name="errors">Takes what is wrong: one error for each bad value.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T[] FormList<T, TParser>(
        FormFields fields, ReadOnlySpan<byte> field, string name, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        var items = new ItemList<T>();
        var value = new RequestValue(default, true, ValueEncoding.None, "form", name);
        foreach (ReadOnlySpan<byte> raw in fields.ValuesOf(field))
        {
            RequestValue item = value.With(raw);
            if (!item.IsAbsent<T>())
                Add<T, TParser>(ref items, item, ref errors);
        }

        return items.ToArray();
    }
}
