# The same image as `dotnet publish src/Cms.Server /t:PublishContainer`. See docs/operations/containers.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Cms.Server -c Release -o /app -v quiet -p:RunAnalyzers=false && mkdir /data

# This base has ICU and time zones, and no shell and no package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build --chown=1654:1654 /data /data
COPY --from=build /app /app
# The server writes only to /data, so the rest of the file system can be read-only. Platforms probe /healthz themselves.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Cms__DataDirectory=/data \
    TMPDIR=/data
WORKDIR /app
EXPOSE 8080
USER 1654
ENTRYPOINT ["/app/Cms.Server"]
