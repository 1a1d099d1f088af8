using System.Text.Json.Serialization;

namespace Cms.Site.Pages;

/// <summary>The variables of a query for one page of a list.</summary>
// Records are compared by value, so that the answer to the same query is found again.
internal abstract record ListVariables([property: JsonIgnore] ListPlace Place)
{
    public int? First => Place.First;

    public string? After => Place.After;

    public int? Last => Place.Last;

    public string? Before => Place.Before;
}

/// <summary>The variables of a query for something by its slug, with one page of its list.</summary>
internal record SubjectVariables(string Slug, ListPlace Place) : ListVariables(Place);
