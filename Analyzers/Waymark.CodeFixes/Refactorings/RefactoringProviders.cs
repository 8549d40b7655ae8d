using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Waymark.CodeFixes.Refactorings.AspNet;
using Waymark.CodeFixes.Refactorings.Groups;
using Waymark.CodeFixes.Refactorings.Handlers;

namespace Waymark.CodeFixes.Refactorings;

/// <summary>Extracts and inlines groups.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(GroupRefactoringProvider))]
[Shared]
public sealed class GroupRefactoringProvider() : RefactoringProvider(new ExtractGroup(), new InlineGroup());

/// <summary>Replaces paths by links.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(LinkRefactoringProvider))]
[Shared]
public sealed class LinkRefactoringProvider() : RefactoringProvider(new ReplaceUrl());

/// <summary>Converts endpoints of ASP.NET.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(AspNetRefactoringProvider))]
[Shared]
public sealed class AspNetRefactoringProvider()
    : RefactoringProvider(new ConvertMapCall(), new ConvertController());

/// <summary>Brings the signature of a handler and its templates together.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(HandlerRefactoringProvider))]
[Shared]
public sealed class HandlerRefactoringProvider()
    : RefactoringProvider(new AddParameters(), new CaptureParameter(), new GatherQuery(), new ReturnUnion());
