namespace Cms.Search;

/// <summary>The searchable text of a published article: its edition and the takes in it.</summary>
public sealed class SearchDocument : SearchableText;
