using Cms.Results;

namespace Cms.Tools;

public sealed record ToolNameRequired() : UserError("Give the tool a name.");

public sealed record ToolSlugTaken(string Slug) : UserError($"Another tool is called ‘{Slug}’. Choose another slug.");

public sealed record ToolSlugFixed()
    : UserError("A tool keeps its slug for life, so that links to it hold. Leave the slug out.");
