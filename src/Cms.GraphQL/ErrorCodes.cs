using System.Collections.Frozen;
using System.Reflection;
using Cms.GraphQL.Types;

namespace Cms.GraphQL;

/// <summary>Every value of <c>errors[].extensions.code</c>. Clients branch on these; none is ever renamed.</summary>
public static class ErrorCodes
{
    /// <summary>The body is not a GraphQL request in UTF-8 JSON.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>A mutation was sent by GET.</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>None of the media types in <c>Accept</c> can be served.</summary>
    public const string NotAcceptable = "NOT_ACCEPTABLE";

    /// <summary>The body's media type or encoding is not read here.</summary>
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    /// <summary>The body holds too many bytes.</summary>
    public const string RequestTooLarge = "REQUEST_TOO_LARGE";

    /// <summary>The document cannot be parsed.</summary>
    public const string DocumentSyntax = "DOCUMENT_SYNTAX";

    /// <summary>The document is too long, too deep or selects too much.</summary>
    public const string DocumentTooLarge = "DOCUMENT_TOO_LARGE";

    /// <summary>The variables are too many, too deep or too long.</summary>
    public const string VariablesTooLarge = "VARIABLES_TOO_LARGE";

    /// <summary>The document does not fit the schema.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>The document holds no such operation, or several and none is named.</summary>
    public const string OperationUnknown = "OPERATION_UNKNOWN";

    /// <summary>An argument or a variable has a value that its type does not allow.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>An id that this server never made.</summary>
    public const string IdMalformed = "ID_MALFORMED";

    /// <summary>More ids were asked for than one request may.</summary>
    public const string TooManyIds = "TOO_MANY_IDS";

    /// <summary>A page of that size is not served.</summary>
    public const string PageSize = "PAGE_SIZE";

    /// <summary><c>first</c> and <c>last</c> are both given.</summary>
    public const string PageArguments = "PAGE_ARGUMENTS";

    /// <summary>The cursor belongs to another list, order or filter.</summary>
    public const string CursorInvalid = "CURSOR_INVALID";

    /// <summary>A cursor into the change log is from before the database was restored: read everything again.</summary>
    public const string ChangesResync = "CHANGES_RESYNC";

    /// <summary>Sign in first.</summary>
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";

    /// <summary>Signed in, but not allowed.</summary>
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";

    /// <summary>The operation would cost more than its caller may spend.</summary>
    public const string CostExceeded = "COST_EXCEEDED";

    /// <summary>Too many requests from one caller: wait as long as <c>Retry-After</c> says.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The server has more to do than it can: try again in a moment.</summary>
    public const string Overloaded = "OVERLOADED";

    /// <summary>Other writers were in the way until the operation's time ran out. Nothing was saved: try again in a moment.</summary>
    public const string DatabaseBusy = "DATABASE_BUSY";

    /// <summary>The database does not answer: try again in a few seconds.</summary>
    public const string DatabaseUnavailable = "DATABASE_UNAVAILABLE";

    /// <summary>The operation took longer than one may.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The document named by its hash is not known here.</summary>
    public const string UnknownDocument = "UNKNOWN_DOCUMENT";

    /// <summary>The document is not registered: send it once with its hash (automatic persisted queries).</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>Our fault. The message carries the reference under which it was logged.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>What each code means; a code outside this list never leaves the server.</summary>
    public static FrozenDictionary<string, string> Described { get; } = Describe();

    private static FrozenDictionary<string, string> Describe()
    {
        var descriptions = new XmlDescriptions([typeof(ErrorCodes).Assembly]);
        return typeof(ErrorCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .ToFrozenDictionary(
                field => (string)field.GetRawConstantValue()!,
                field => descriptions.Of(field) ?? "",
                StringComparer.Ordinal
            );
    }
}
