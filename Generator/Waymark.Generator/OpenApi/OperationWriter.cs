using Waymark.Generator.Model;

namespace Waymark.Generator.OpenApi;

/// <summary>Writes operations with their parameters, bodies and answers.</summary>
internal sealed class OperationWriter(JsonText json, bool isV30)
{
    public const string ProblemReference = "#/components/responses/Problem";

    private readonly SchemaWriter _schemas = new(json, isV30);

    public void Write(OperationModel operation)
    {
        json.Open('{');
        json.Name("tags").List([JsonText.Quoted(operation.Tag)]);
        json.Member("summary", operation.Summary);
        json.Member("description", operation.Description);
        json.Member("operationId", operation.Id);
        json.Flag("deprecated", operation.IsDeprecated);
        if (operation.Parameters.Count > 0)
        {
            json.Name("parameters").Open('[');
            foreach (ParameterDocument parameter in operation.Parameters)
                Write(parameter);
            json.Close(']');
        }

        if (operation.Body is { } body)
            Write(body);
        json.Name("responses").Open('{');
        foreach (ResponseDocument response in operation.Responses)
            Write(response);
        json.Close('}');
        if (operation.Security.Count > 0)
            Write(operation.Security);
        json.Close('}');
    }

    private void Write(ParameterDocument parameter)
    {
        json.Open('{');
        json.Member("name", parameter.Name);
        json.Member("in", parameter.In);
        json.Flag("required", parameter.IsRequired);
        json.Member("description", parameter.Description);
        if (parameter.Schema.Type == "array")
        {
            // A value that comes several times, or a field whose values are separated by commas.
            bool isForm = parameter.In is "query" or "cookie";
            json.Member("style", isForm ? "form" : "simple");
            json.Name("explode").Raw(isForm ? "true" : "false");
        }

        json.Name("schema");
        _schemas.Write(parameter.Schema);
        json.Close('}');
    }

    private void Write(BodyDocument body)
    {
        json.Name("requestBody").Open('{');
        json.Member("description", body.Description);
        json.Flag("required", body.IsRequired);
        Write(body.Contents);
        json.Close('}');
    }

    private void Write(ResponseDocument response)
    {
        json.Name(response.Status).Open('{');
        // In 3.1 a description beside the reference takes the place of that behind it; in 3.0 nothing may stand there.
        bool isReference = response.IsProblem && !(isV30 && response.IsTold);
        if (isReference)
            json.Member("$ref", ProblemReference);
        if (!isReference || !isV30)
            json.Member("description", response.Description);
        if (response.IsProblem && !isReference)
            WriteProblemContent(json);
        else if (!response.IsProblem && response.Contents.Count > 0)
            Write(response.Contents);
        json.Close('}');
    }

    /// <summary>The content of a problem document.</summary>
    public static void WriteProblemContent(JsonText json)
    {
        json.Name("content").Open('{');
        json.Name("application/problem+json").Open('{');
        json.Name("schema").Open('{');
        json.Member("$ref", SchemaWriter.ReferenceTo(NamedSchema.Problem));
        json.Close('}');
        json.Close('}');
        json.Close('}');
    }

    private void Write(EquatableArray<ContentDocument> contents)
    {
        json.Name("content").Open('{');
        foreach (ContentDocument content in contents)
        {
            json.Name(content.MediaType).Open('{');
            if (content.Schema is { } schema)
            {
                json.Name("schema");
                _schemas.Write(schema);
            }

            json.Close('}');
        }

        json.Close('}');
    }

    private void Write(EquatableArray<SecurityNeed> security)
    {
        json.Name("security").Open('[');
        foreach (SecurityNeed need in security)
        {
            json.Open('{');
            if (need.Scheme.Length > 0)
                json.Name(need.Scheme).List(need.Scopes.Select(JsonText.Quoted));
            json.Close('}');
        }

        json.Close(']');
    }
}
