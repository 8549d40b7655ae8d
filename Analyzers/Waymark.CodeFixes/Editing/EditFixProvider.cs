using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Waymark.CodeFixes.Editing;

/// <summary>Offers fixes for one diagnostic, the likeliest first.</summary>
public abstract class EditFixProvider : CodeFixProvider
{
    private readonly string _id;

    private protected EditFixProvider(string id, params EditFix[] fixes)
    {
        _id = id;
        Fixes = [.. fixes];
    }

    internal ImmutableArray<EditFix> Fixes { get; }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [_id];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => EditFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Diagnostic diagnostic = context.Diagnostics[0];
        // `dotnet format` asks about the first diagnostic of an analyzer, whichever of its ids that has.
        if (diagnostic.Id != _id)
            return;
        FixTarget? target = await FixTarget.FindAsync(context.Document, diagnostic, context.CancellationToken)
            .ConfigureAwait(false);
        if (target is null)
            return;

        foreach (EditFix fix in Fixes)
        {
            // A fix that finds nothing to edit is not offered.
            if ((await fix.FindEditsAsync(target, context.CancellationToken).ConfigureAwait(false)).Count == 0)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    fix.TitleOf(target),
                    stop => fix.ApplyAsync(context.Document.Project.Solution, [target], stop),
                    fix.Key),
                diagnostic);
        }
    }
}
