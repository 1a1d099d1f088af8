namespace Cms.Staff;

/// <summary>Where staff work: drafts, takes before they are approved, and what only staff are told.</summary>
public sealed record Desk;
