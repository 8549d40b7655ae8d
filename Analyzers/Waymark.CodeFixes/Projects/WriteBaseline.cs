using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers;
using Waymark.Analyzers.Baseline;

namespace Waymark.CodeFixes.Projects;

/// <summary>WM4008, WM4010: writes the API of a project into its file, as it is now.</summary>
/// <remarks>
/// Not an <see cref="Editing.EditFixProvider"/>, because what it changes is no source. It writes all of the file, so
/// that there is nothing to fix twice.
/// </remarks>
public abstract class BaselineFixProvider : CodeFixProvider
{
    private const string Title = "Write the API into " + ApiBaseline.FileName;

    private readonly string _id;

    private protected BaselineFixProvider(string id) => _id = id;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds => [_id];

    private string Key => _id + ".write";

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new WriteAll(Key);

    /// <inheritdoc/>
    public sealed override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.TextDocument.Project;
        if (context.Diagnostics[0].Id == _id && FileOf(project) is not null)
        {
            context.RegisterCodeFix(
                CodeAction.Create(Title, stop => WriteAsync(project.Solution, [project.Id], stop), Key),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }

    private static TextDocument? FileOf(Project project) =>
        project.AdditionalDocuments.FirstOrDefault(document => ApiBaseline.Is(document.FilePath ?? document.Name));

    private static async Task<Solution> WriteAsync(
        Solution solution, IEnumerable<ProjectId> projects, CancellationToken stop)
    {
        foreach (ProjectId id in projects)
        {
            Project project = solution.GetProject(id)!;
            if (FileOf(project) is not { } file
                || await project.GetCompilationAsync(stop).ConfigureAwait(false) is not { } compilation)
            {
                continue;
            }

            SourceText old = await file.GetTextAsync(stop).ConfigureAwait(false);
            string text = ApiBaseline.Write(old, RouteSet.Of(compilation));
            solution = solution.WithAdditionalDocumentText(
                file.Id, old.WithChanges(new TextChange(new TextSpan(0, old.Length), text)));
        }

        return solution;
    }

    private sealed class WriteAll(string key) : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            IEnumerable<ProjectId> projects = fixAllContext.Scope == FixAllScope.Solution
                ? fixAllContext.Solution.ProjectIds
                : [fixAllContext.Project.Id];
            return Task.FromResult<CodeAction?>(CodeAction.Create(
                Title, stop => WriteAsync(fixAllContext.Solution, projects, stop), key));
        }
    }
}

/// <summary>Fixes of WM4008, whose places are lines of the file.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(BrokenApiFixProvider),
    DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class BrokenApiFixProvider() : BaselineFixProvider("WM4008");

/// <summary>Fixes of WM4010.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnshippedRouteFixProvider))]
[Shared]
public sealed class UnshippedRouteFixProvider() : BaselineFixProvider("WM4010");
