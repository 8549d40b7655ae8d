using Waymark.Generator.Model;

namespace Waymark.Generator.OpenApi;

/// <summary>Writes an OpenAPI document as JSON.</summary>
internal static class DocumentWriter
{
    public static string Write(OpenApiDocument document)
    {
        var json = new JsonText();
        OpenApiSettings settings = document.Settings;
        json.Open('{');
        json.Member("openapi", settings.IsV30 ? "3.0.4" : "3.1.1");
        json.Name("info").Open('{');
        json.Name("title").Text(settings.Title);
        json.Member("description", settings.Description);
        json.Name("version").Text(settings.Version);
        json.Close('}');
        json.Name("servers").Open('[');
        json.Open('{');
        json.Member("url", settings.ServerUrl);
        json.Close('}');
        json.Close(']');
        // Nothing is asked for where an operation does not say so; a linter wants to read it.
        json.Name("security").Raw("[]");
        WriteTags(json, document.Tags);
        WritePaths(json, document);
        WriteComponents(json, document);
        json.Close('}');
        return json.ToString();
    }

    private static void WriteTags(JsonText json, EquatableArray<NamedText> tags)
    {
        json.Name("tags").Open('[');
        foreach (NamedText tag in tags)
        {
            json.Open('{');
            json.Member("name", tag.Name);
            json.Member("description", tag.Text);
            json.Close('}');
        }

        json.Close(']');
    }

    private static void WritePaths(JsonText json, OpenApiDocument document)
    {
        var operations = new OperationWriter(json, document.Settings.IsV30);
        json.Name("paths").Open('{');
        foreach (PathModel path in document.Paths)
        {
            json.Name(path.Path).Open('{');
            foreach (OperationModel operation in path.Operations.Where(operation => operation.IsKnown))
            {
                json.Name(operation.Method.ToLowerInvariant());
                operations.Write(operation);
            }

            List<OperationModel> others = path.Operations.Where(operation => !operation.IsKnown).ToList();
            if (others.Count > 0)
            {
                // OpenAPI has no word for other methods before 3.2: each stands under its token in an extension.
                json.Name("x-waymark-methods").Open('{');
                foreach (OperationModel operation in others)
                {
                    json.Name(operation.Method);
                    operations.Write(operation);
                }

                json.Close('}');
            }

            json.Close('}');
        }

        json.Close('}');
    }

    private static void WriteComponents(JsonText json, OpenApiDocument document)
    {
        OpenApiSettings settings = document.Settings;
        if (document.Schemas.Count == 0 && !document.HasProblems && settings.Schemes.Count == 0)
            return;
        json.Name("components").Open('{');
        if (document.Schemas.Count > 0 || document.HasProblems)
        {
            json.Name("schemas").Open('{');
            if (document.HasProblems)
            {
                json.Name(NamedSchema.Problem);
                new SchemaWriter(json, settings.IsV30).Write(ProblemSchema.Value);
            }

            foreach (NamedSchema named in document.Schemas)
            {
                json.Name(named.Name);
                new SchemaWriter(json, settings.IsV30).Write(named.Schema);
            }

            json.Close('}');
        }

        if (document.HasProblems)
        {
            json.Name("responses").Open('{');
            json.Name("Problem").Open('{');
            json.Member("description", "What went wrong, as a problem document (RFC 9457).");
            OperationWriter.WriteProblemContent(json);
            json.Close('}');
            json.Close('}');
        }

        if (settings.Schemes.Count > 0)
        {
            json.Name("securitySchemes").Open('{');
            foreach (SecuritySchemeModel scheme in settings.Schemes)
                Write(json, scheme);
            json.Close('}');
        }

        json.Close('}');
    }

    private static void Write(JsonText json, SecuritySchemeModel scheme)
    {
        (string type, string detail, string value) = scheme.Kind switch
        {
            SecuritySchemeKind.Basic => ("http", "scheme", "basic"),
            SecuritySchemeKind.ApiKeyHeader => ("apiKey", "in", "header"),
            SecuritySchemeKind.ApiKeyQuery => ("apiKey", "in", "query"),
            SecuritySchemeKind.ApiKeyCookie => ("apiKey", "in", "cookie"),
            SecuritySchemeKind.OpenIdConnect => ("openIdConnect", "openIdConnectUrl", scheme.Url),
            _ => ("http", "scheme", "bearer"),
        };
        json.Name(scheme.Name).Open('{');
        json.Member("type", type);
        json.Member("description", scheme.Description);
        json.Name(detail).Text(value);
        if (type == "apiKey")
            json.Member("name", scheme.Parameter);
        if (value == "bearer")
            json.Member("bearerFormat", scheme.BearerFormat);
        json.Close('}');
    }
}
