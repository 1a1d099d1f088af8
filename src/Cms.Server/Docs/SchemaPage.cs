using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using GraphQL.Types;

namespace Cms.Server.Docs;

/// <summary>
/// Writes the schema as one HTML page: every type, field and argument with its description, and every error code.
/// </summary>
internal sealed partial class SchemaPage(CmsSchema schema)
{
    private static readonly string[] Roots = ["Query", "Mutation", "Subscription"];

    private readonly StringBuilder _html = new();

    public static string Of(CmsSchema schema)
    {
        schema.Initialize();
        return new SchemaPage(schema).Write();
    }

    private string Write()
    {
        var types = schema
            .AllTypes.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .ToList();
        List<(string Title, List<IGraphType> Types)> sections =
        [
            ("Operations", [.. Roots.SelectMany(root => types.Where(type => type.Name == root))]),
            ("Objects", [.. types.Where(type => type is IObjectGraphType && !Roots.Contains(type.Name))]),
            ("Interfaces", [.. types.Where(type => type is IInterfaceGraphType)]),
            ("Unions", [.. types.Where(type => type is UnionGraphType)]),
            ("Enums", [.. types.Where(type => type is EnumerationGraphType)]),
            ("Inputs", [.. types.Where(type => type is IInputObjectGraphType)]),
            ("Scalars", [.. types.Where(type => type is ScalarGraphType and not EnumerationGraphType)]),
        ];
        sections.RemoveAll(section => section.Types.Count == 0);

        _html.Append(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Cms API reference</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="docs/docs.css">
            <script src="docs/docs.js" defer></script>
            </head>
            <body>
            <header>
            <h1>API reference</h1>
            <p>The API at <code>/graphql</code>. Try it in the <a href="explorer/">explorer</a>, or download the schema as <a href="docs/schema.graphql">SDL</a>.</p>
            <input id="find" type="search" placeholder="Find a type or a field" aria-label="Find a type or a field" autocomplete="off">
            <p id="none" hidden>No type or field matches.</p>
            </header>
            <nav aria-label="Types">

            """
        );
        foreach (var (title, members) in sections)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<details open><summary>{title}</summary><ul>\n");
            foreach (var type in members)
            {
                _html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{type.Name}\">{type.Name}</a></li>\n");
            }

            _html.Append("</ul></details>\n");
        }

        _html.Append(
            "<details open><summary>Errors</summary><ul><li><a href=\"#error-codes\">Error codes</a></li></ul></details>\n</nav>\n<main>\n"
        );
        foreach (var (title, members) in sections)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n");
            members.ForEach(WriteType);
        }

        WriteErrors();
        return _html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private void WriteType(IGraphType type)
    {
        _html.Append(
            CultureInfo.InvariantCulture,
            $"<section id=\"{type.Name}\" data-name=\"{type.Name}\">\n<h3><a href=\"#{type.Name}\">{type.Name}</a> <small>{Kind(type)}</small></h3>\n"
        );
        WriteText(type.Description);
        if (type is IImplementInterfaces { ResolvedInterfaces: { Count: > 0 } shared })
        {
            _html.Append(CultureInfo.InvariantCulture, $"<p>Implements {Links(shared)}.</p>\n");
        }

        if (type is IAbstractGraphType several)
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<p>Is one of {Links(several.PossibleTypes.OrderBy(x => x.Name, StringComparer.Ordinal))}.</p>\n"
            );
        }

        switch (type)
        {
            case EnumerationGraphType choices:
                _html.Append("<dl>\n");
                foreach (var value in choices.Values)
                {
                    WriteMember(type, value.Name, "", value.Description, value.DeprecationReason);
                }

                _html.Append("</dl>\n");
                break;
            case IComplexGraphType { Fields: { Count: > 0 } fields }:
                _html.Append("<dl>\n");
                foreach (var field in fields.OrderBy(field => field.Name, StringComparer.Ordinal))
                {
                    WriteMember(
                        type,
                        field.Name,
                        $": {Link(field.ResolvedType!)}",
                        field.Description,
                        field.DeprecationReason,
                        field.Arguments
                    );
                }

                _html.Append("</dl>\n");
                break;
        }

        _html.Append("</section>\n");
    }

    private void WriteMember(
        IGraphType type,
        string name,
        string of,
        string? description,
        string? deprecation,
        QueryArguments? arguments = null
    )
    {
        var id = $"{type.Name}.{name}";
        _html.Append(
            CultureInfo.InvariantCulture,
            $"<dt id=\"{id}\" data-name=\"{name}\"><a href=\"#{id}\"><code>{name}</code></a>{of}</dt>\n<dd>"
        );
        WriteText(description);
        if (deprecation is not null)
        {
            _html.Append("<p class=\"deprecated\">Deprecated: ").Append(Text(deprecation)).Append("</p>\n");
        }

        if (arguments is { Count: > 0 })
        {
            _html.Append("<ul>\n");
            foreach (var argument in arguments.OrderBy(argument => argument.Name, StringComparer.Ordinal))
            {
                _html.Append(
                    CultureInfo.InvariantCulture,
                    $"<li><code>{argument.Name}</code>: {Link(argument.ResolvedType!)} — {Text(argument.Description)}</li>\n"
                );
            }

            _html.Append("</ul>\n");
        }

        _html.Append("</dd>\n");
    }

    private void WriteErrors()
    {
        _html.Append(
            "<h2>Errors</h2>\n<section id=\"error-codes\" data-name=\"error codes\">\n<h3><a href=\"#error-codes\">Error codes</a></h3>\n<p>The values of <code>errors[].extensions.code</code>. Each message says what to do.</p>\n<dl>\n"
        );
        foreach (var (code, meaning) in ErrorCodes.Described.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            _html.Append(
                CultureInfo.InvariantCulture,
                $"<dt id=\"{code}\" data-name=\"{code}\"><code>{code}</code></dt>\n<dd>"
            );
            WriteText(meaning);
            _html.Append("</dd>\n");
        }

        _html.Append("</dl>\n</section>\n");
    }

    private void WriteText(string? description) => _html.Append("<p>").Append(Text(description)).Append("</p>\n");

    private static string Kind(IGraphType type) =>
        type switch
        {
            EnumerationGraphType => "enum",
            ScalarGraphType => "scalar",
            IInputObjectGraphType => "input",
            IInterfaceGraphType => "interface",
            UnionGraphType => "union",
            _ => "object",
        };

    private static string Links(IEnumerable<IGraphType> types) => string.Join(", ", types.Select(Link));

    private static string Link(IGraphType type) =>
        type switch
        {
            NonNullGraphType required => $"{Link(required.ResolvedType!)}!",
            ListGraphType list => $"[{Link(list.ResolvedType!)}]",
            _ => $"<a href=\"#{type.Name}\">{type.Name}</a>",
        };

    // Shows text between backticks as code.
    private static string Text(string? text) =>
        Code().Replace(WebUtility.HtmlEncode(text ?? ""), "<code>${code}</code>");

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
