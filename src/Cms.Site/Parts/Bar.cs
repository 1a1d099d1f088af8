using Cms.Site.Articles;

namespace Cms.Site.Parts;

/// <summary>One bar of a record: the stance of a take and how sure the persona was, in per cent.</summary>
public sealed record Bar(Stance Stance, int Confidence);
