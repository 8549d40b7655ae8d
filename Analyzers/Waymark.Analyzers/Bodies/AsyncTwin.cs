using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Bodies;

/// <summary>Tells whether a call of the framework does input or output and has a twin that is awaited.</summary>
internal static class AsyncTwin
{
    /// <summary>
    /// The names of all such methods in .NET 10; a test compares them. Not among them are those that only let go of
    /// something (<see cref="Harmless"/>), or look at what is in memory already.
    /// </summary>
    public static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Accept", "AcceptSocket", "AcceptTcpClient", "AppendAllBytes", "AppendAllLines", "AppendAllText",
        "AuthenticateAsClient", "AuthenticateAsServer", "BeginTransaction", "ChangeDatabase", "Commit", "Connect",
        "CopyTo", "CreateEntryFromFile", "CreateFromDirectory", "Disconnect", "Enumerate", "ExecuteNonQuery",
        "ExecuteReader", "ExecuteScalar", "ExtractToDirectory", "ExtractToFile", "Flush", "GetClientCertificate",
        "GetContext", "GetHostAddresses", "GetHostEntry", "GetRequestStream", "GetResponse", "GetSchema",
        "GetSchemaTable", "GetUnicastAddresses", "NextResult", "Open", "OpenConnection", "OpenRead", "Prepare",
        "Read", "ReadAllBytes", "ReadAllLines", "ReadAllText", "ReadAsStream", "ReadAtLeast", "ReadBlock",
        "ReadExactly", "ReadLine", "ReadLines", "ReadToEnd", "Receive", "ReceiveFrom", "ReceiveMessageFrom",
        "Release", "Rollback", "Save", "Send", "SendFile", "SendTo", "WaitForConnection", "Write", "WriteAllBytes",
        "WriteAllLines", "WriteAllText", "WriteLine",
    };

    /// <summary>Names that have a twin and do not block for long.</summary>
    public static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Close", "Complete", "Dispose", "GetFieldValue", "IsDBNull",
    };

    private static readonly HashSet<string> InMemory = new(StringComparer.Ordinal)
    {
        "MemoryStream", "UnmanagedMemoryStream", "UnmanagedMemoryAccessor", "StringReader", "StringWriter",
    };

    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "FileStream", "NetworkStream", "SslStream", "NegotiateStream", "QuicStream", "PipeStream",
        "NamedPipeClientStream", "NamedPipeServerStream", "AnonymousPipeClientStream", "AnonymousPipeServerStream",
    };

    /// <summary>What the twin returns; null where the call has none, or may be one in memory.</summary>
    public static BlockingKind? Find(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind != MethodKind.Ordinary || !Names.Contains(method.Name))
            return null;

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (IsOfInputOrOutput(type) && KindOf(type, method) is { } kind)
                return call.Instance is null || LeavesMemory(call.Instance) ? kind : null;
        }

        return null;
    }

    private static BlockingKind? KindOf(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (type.GetMembers(method.Name).IsEmpty)
            return null;
        foreach (IMethodSymbol twin in type.GetMembers(method.Name + "Async").OfType<IMethodSymbol>())
        {
            if (twin.IsStatic != method.IsStatic || twin.DeclaredAccessibility != Accessibility.Public)
                continue;
            // The older pattern returns void and raises an event.
            if (twin.ReturnType.Name is "Task" or "ValueTask")
                return BlockingKind.Twin;
            if (twin.ReturnType.Name == "IAsyncEnumerable")
                return BlockingKind.Sequence;
        }

        return null;
    }

    private static bool IsOfInputOrOutput(INamedTypeSymbol type)
    {
        INamespaceSymbol space = type.ContainingNamespace;
        while (space.ContainingNamespace is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space.Name is "IO" or "Net" or "Data"
            && space.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
    }

    /// <summary>
    /// True where what is read or written is certainly a file, a connection or the body of a request.
    /// </summary>
    private static bool LeavesMemory(IOperation receiver)
    {
        receiver = HandlerBody.Unwrap(receiver);
        if (receiver.Type is not INamedTypeSymbol type || InMemory.Contains(type.Name))
            return false;
        if (Outside.Contains(type.Name))
            return true;
        // Anything else than a stream, a reader or a writer of text is what its name says: a client, a command.
        if (!IsOpen(type))
            return IsOfInputOrOutput(type) ? !IsArchive(type) : DerivesFromData(type);

        return receiver switch
        {
            IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol owner } =>
                owner.MethodKind == MethodKind.Ordinary && IsOfInputOrOutput(type),
            ILocalReferenceOperation { Local: var local } =>
                InitialOf(local, receiver) is { } value && LeavesMemory(value),
            IObjectCreationOperation { Arguments: [{ Value: { } first }, ..] } => IsOfInputOrOutput(type)
                && (first.Type?.SpecialType == SpecialType.System_String || LeavesMemory(first)),
            IInvocationOperation { TargetMethod: { ContainingType: { } maker } method } =>
                (maker.Name is "File" or "FileInfo" && TypeNames.IsIn(maker, "System", "IO"))
                || (method.Name == "AsStream" && TypeNames.IsIn(maker, "Waymark", "Http", "Body")),
            _ => false,
        };
    }

    private static bool IsOpen(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "Stream" or "TextReader" or "TextWriter" && TypeNames.IsIn(current, "System", "IO"))
                return true;
        }

        return false;
    }

    private static bool IsArchive(INamedTypeSymbol type) => type.ContainingNamespace.Name == "Compression";

    private static bool DerivesFromData(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (TypeNames.IsIn(current, "System", "Data", "Common"))
                return true;
        }

        return false;
    }

    private static IOperation? InitialOf(ILocalSymbol local, IOperation use)
    {
        SyntaxNode? declarator = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declarator is null)
            return null;
        return use.SemanticModel?.GetOperation(declarator) is not IVariableDeclaratorOperation made
            ? null
            : (made.Initializer ?? (made.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
    }
}
