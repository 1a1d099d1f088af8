using Cms.GraphQL;

namespace Cms.Tools;

/// <summary>The tool's name is missing.</summary>
public sealed record ToolNameRequired() : UserError("Give the tool a name.");

/// <summary>Another tool already uses the slug.</summary>
/// <param name="Slug">The slug that is taken.</param>
public sealed record ToolSlugTaken(string Slug) : UserError($"Another tool is called ‘{Slug}’. Choose another slug.");

/// <summary>A tool's slug cannot be changed.</summary>
public sealed record ToolSlugFixed()
    : UserError("A tool keeps its slug for life, so that links to it hold. Leave the slug out.");
