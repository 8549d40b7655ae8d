using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Wire.Tests.Support;

/// <summary>A handler as the generator would write it: binds a form and answers with what it got.</summary>
internal sealed class FormAnswer
{
    private readonly FormPlan _plan;

    /// <param name="fields">Names of fields; one with a star is repeated.</param>
    /// <param name="files">Names of files; likewise.</param>
    public FormAnswer(string fields, string files) => _plan = new FormPlan(Entries(fields), Entries(files));

    /// <summary>The files that were bound, to be looked at after the exchange.</summary>
    public List<FormFile> Seen { get; } = [];

    public async ValueTask HandleAsync(Exchange exchange)
    {
        BodyValue<BoundForm> bound = await Bind.FormAsync(exchange, _plan);
        if (!bound.HasValue)
            return;
        BoundForm form = bound.Value!;
        var text = new StringBuilder();
        foreach (FormEntry entry in _plan.Fields)
        {
            foreach (ReadOnlySpan<byte> value in form.Fields.ValuesOf(Encoding.UTF8.GetBytes(entry.Name)))
                text.Append($"[{entry.Name}={Encoding.UTF8.GetString(value)}]");
        }

        foreach (FormEntry entry in _plan.Files)
        {
            foreach (FormFile file in form.Files(entry.Name))
            {
                Seen.Add(file);
                var content = new MemoryStream();
                await file.CopyToAsync(content);
                string place = file.Spooled is null ? "streamed" : $"spooled {file.Length}";
                text.Append($"[{entry.Name}:{file.SafeFileName} {place} {Encoding.UTF8.GetString(content.ToArray())}]");
            }
        }

        exchange.Response.Write(text.ToString());
    }

    /// <summary>A request with a multipart body.</summary>
    /// <param name="parts">As in <c>name=value</c>, or <c>name:file name=value</c>.</param>
    public static string Multipart(params string[] parts)
    {
        var body = new StringBuilder();
        foreach (string part in parts)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string[] names = part[..equals].Split(':');
            string file = names.Length > 1 ? $"; filename=\"{names[1]}\"" : "";
            body.Append($"--b\r\nContent-Disposition: form-data; name=\"{names[0]}\"{file}\r\n\r\n");
            body.Append($"{part[(equals + 1)..]}\r\n");
        }

        body.Append("--b--\r\n");
        return Post("multipart/form-data; boundary=b", body.ToString());
    }

    /// <summary>A request with any body.</summary>
    public static string Post(string type, string body) =>
        $"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static FormEntry[] Entries(string names) =>
    [
        .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => new FormEntry(name.TrimEnd('*'), IsRepeated: name.EndsWith('*'))),
    ];
}
