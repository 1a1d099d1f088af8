using Cms.GraphQL;

namespace Cms.Tools;

/// <summary>A tool has a name.</summary>
public sealed record ToolNameRequired() : UserError("Give the tool a name.");

/// <summary>Another tool has the slug.</summary>
/// <param name="Slug">The slug asked for.</param>
public sealed record ToolSlugTaken(string Slug) : UserError($"Another tool is called ‘{Slug}’. Choose another slug.");

/// <summary>A tool keeps its slug.</summary>
public sealed record ToolSlugFixed()
    : UserError("A tool keeps its slug for life, so that links to it hold. Leave the slug out.");
