# The service in a container: no shell, no root, nothing that trains. docs/deployment.md says how to run it.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
# Brings the codecs of packed DICOM pixels and the page's reader of DICOM.
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
COPY . .
RUN dotnet publish src/Gyrus.Cli -c Release -r linux-x64 --no-self-contained -p:PublishReadyToRun=true -p:Learning=false -p:UseAppHost=false --artifacts-path /build
# The model apart: it is half of the image and changes less often than the program.
RUN mkdir /data /image && mv /build/publish/Gyrus.Cli/release_linux-x64 /image/app && mv /image/app/models /image/models

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS service
COPY --from=build /image/models /app/models
COPY --from=build /image/app /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
# The runtime's diagnostics want to write; the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0 GYRUS_DATA=/data
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=20s --start-period=20s CMD ["dotnet", "/app/gyrus.dll", "health"]
ENTRYPOINT ["dotnet", "/app/gyrus.dll"]
CMD ["serve", "--urls", "http://0.0.0.0:8080"]

# The same image for AWS Lambda: docker build --target lambda.
FROM service AS lambda
COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:1.0.0 /lambda-adapter /opt/extensions/lambda-adapter
# Only /tmp can be written to there.
ENV AWS_LWA_READINESS_CHECK_PATH=/v2/health/live GYRUS_DATA=/tmp/gyrus

FROM service
