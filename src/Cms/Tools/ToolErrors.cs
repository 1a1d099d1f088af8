using Cms.GraphQL;

namespace Cms.Tools;

/// <summary>The tool's name is missing.</summary>
public sealed record ToolNameRequired() : UserError("Give the tool a name.");

/// <summary>Another tool already uses the slug.</summary>
/// <param name="Slug">The slug that is taken.</param>
public sealed record ToolSlugTaken(string Slug)
    : UserError($"The slug ‘{Slug}’ is already in use. Choose a different slug.");

/// <summary>A tool's slug cannot be changed.</summary>
public sealed record ToolSlugFixed()
    : UserError("The slug of a tool cannot be changed, because links use it. Leave the slug out.");
